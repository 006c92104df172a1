package dev.quorate.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict.Agreed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Power counts, not the number of validators; more than two thirds of it decide, and no less. */
final class PowerContractTest {
  static Set<String> engines() {
    return Lives.engines().keySet();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSingleValidatorCommitsAlone(String engine) {
    var simulation = Simulation.seeded(1).engine(engine).powers(3);

    assertThat(simulation.runFor(Duration.ofSeconds(5)))
        .as(simulation.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(20));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void withoutMoreThanTwoThirdsOfThePowerNothingIsCommittedUntilTheyAreBack(String engine) {
    // Half of the power, and exactly two thirds of it; with one of the two there is enough.
    standsStillWithout(Lives.engine(engine), List.of(40L, 30L, 20L, 10L), "b", "c");
    standsStillWithout(Lives.engine(engine), List.of(40L, 20L, 20L, 10L), "c", "d");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void withoutOneWhoIsDispensableTransactionsAreCommitted(String engine) {
    var simulation = Simulation.seeded(4).engine(engine).powers(40, 30, 20, 10);
    var before = new AtomicLong();
    var after = new AtomicLong();
    simulation
        .at(Duration.ofSeconds(2), () -> simulation.crash("c"))
        .at(Duration.ofSeconds(5), () -> before.set(tip(simulation, "a")))
        .at(Duration.ofSeconds(15), () -> after.set(tip(simulation, "a")))
        .at(Duration.ofSeconds(15), () -> simulation.restart("c"));

    assertThat(simulation.runFor(Duration.ofSeconds(16)))
        .as(simulation.toString())
        .isInstanceOf(Agreed.class);
    assertThat(after.get()).isGreaterThan(before.get() + 10);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void parametersThatAreLeftOutAreRightAndUnknownOnesAreNamed(String engine) {
    var provider = Lives.engine(engine);
    var unknown = new TreeMap<String, Long>();
    unknown.put("t_nobody_ms", 1L);

    assertThat(provider.name()).isEqualTo(engine);
    assertThat(provider.faults(new TreeMap<>())).isEmpty();
    assertThat(provider.faults(unknown)).singleElement().asString().contains("t_nobody_ms");
  }

  /** With both nodes cut off; each commit of the run is added up. */
  private static <M extends Message<M>> void standsStillWithout(
      EngineProvider<M> provider, List<Long> powers, String one, String other) {
    var recorder = new Recorder();
    var simulation =
        Simulation.seeded(3)
            .engine(provider.name())
            .powers(powers.stream().mapToLong(Long::longValue).toArray())
            .oracle(recorder);
    var cutOff = new AtomicLong();
    var still = new AtomicLong();
    simulation
        .at(Duration.ofSeconds(2), () -> simulation.partition(one, other))
        .at(Duration.ofSeconds(4), () -> cutOff.set(highest(simulation)))
        .at(Duration.ofSeconds(10), () -> still.set(highest(simulation)))
        .at(Duration.ofSeconds(10), simulation::heal);

    assertThat(simulation.runFor(Duration.ofSeconds(16)))
        .as(simulation.toString())
        .isInstanceOf(Agreed.class);
    assertThat(cutOff.get()).isPositive().isEqualTo(still.get());
    assertThat(highest(simulation)).isGreaterThan(cutOff.get() + 5);
    assertThat(recorder.lives(provider)).hasSize(4).allSatisfy(PowerContractTest::addUpCommits);
  }

  private static <M extends Message<M>> void addUpCommits(EngineLife<M> life) {
    var powers =
        life.genesis().validators().stream()
            .collect(Collectors.toMap(it -> it.id(), it -> it.power()));
    long total = powers.values().stream().mapToLong(Long::longValue).sum();
    long commits = 0;
    for (var step : life.steps()) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Commit<M>(var block, var certificate)) {
          commits++;
          var signers =
              certificate.signers().stream().map(it -> it.validator()).collect(Collectors.toSet());
          assertThat(certificate.type()).isEqualTo(VoteType.COMMIT);
          assertThat(certificate.blockId()).isEqualTo(block.id());
          assertThat(3 * signers.stream().mapToLong(powers::get).sum())
              .as("%s by %s", block, signers)
              .isGreaterThan(2 * total);
        }
      }
    }
    assertThat(commits).isGreaterThan(10);
  }

  private static long highest(Simulation simulation) {
    return List.of("a", "b", "c", "d").stream()
        .mapToLong(it -> tip(simulation, it))
        .max()
        .orElseThrow();
  }

  private static long tip(Simulation simulation, String node) {
    return simulation.node(node).chain().tip().map(it -> it.height().value()).orElse(0L);
  }
}
