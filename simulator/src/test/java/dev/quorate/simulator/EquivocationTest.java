package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.Silent;
import dev.quorate.simulator.observe.Violation;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenarios 1 and 2: two blocks for one slot. The validator a weighs most, so it is the primary of
 * view 0, or the proposer of every fourth height.
 */
final class EquivocationTest {
  private static final Duration RUN = Duration.ofSeconds(8);

  private final Watch watch = new Watch();

  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofSixSeeds")
  void ofTwoChainsOfThePrimaryOnlyOneBecomesFinalAndTheDeceivedFollowIt(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("a", Runs.equivocator(engine, List.of(idOf("d"))));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.deliveredAt(idOf("d"), Simulation.BEGINNING.plusSeconds(1))).isPositive();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void halvesThatNeitherAreAQuorumCommitNothingOfTheEquivocator(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine).powers(7, 6, 6, 6, 6, 6, 6).listen(watch);
    sim.plays("a", Runs.equivocator(engine, List.of(idOf("b"), idOf("c"), idOf("d"))));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered)
        .isNotEmpty()
        .noneMatch(
            it ->
                it.block().header().proposer().equals(idOf("a"))
                    && it.commit().round().value() == 0);
    assertThat(watch.accused).isSubsetOf(idOf("a"));
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofSixSeeds")
  void twoReplicasWithOneKeyForkNobody(String engine, long seed) {
    var sim = Runs.seeded(engine, seed);
    sim.plays("a", Runs.trick(engine, "twins"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void moreLiarsThanTheProtocolBearsForkItWithinTenSeeds(String engine) {
    var found =
        LongStream.range(0, 10)
            .mapToObj(seed -> overBudget(engine, seed))
            .flatMap(it -> it instanceof Verdict.Violated(var all, _, _, _) ? all.stream() : null)
            .map(Violation::oracle)
            .toList();

    assertThat(found).contains("O1 agreement");
  }

  /** A primary with two chains and one who agrees with everybody: 9 of 17, when 5 is too much. */
  private static Verdict overBudget(String engine, long seed) {
    var sim = Runs.seeded(engine, seed);
    sim.plays("a", Runs.equivocator(engine, List.of(idOf("d"))));
    sim.plays("b", new Silent(), Runs.trick(engine, "yes man"));
    return sim.runFor(Duration.ofSeconds(4));
  }

  private static ValidatorId idOf(String name) {
    return ValidatorId.of(Keys.of(name).publicKey());
  }
}
