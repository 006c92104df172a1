package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.Silent;
import dev.quorate.simulator.byzantine.Twins;
import dev.quorate.simulator.observe.Violation;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 1, 2 and 28: two blocks for one slot. The validator a weighs most, so it is the primary
 * of view 0.
 */
final class EquivocationTest {
  private static final Duration RUN = Duration.ofSeconds(8);

  private final Watch watch = new Watch();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void ofTwoChainsOfThePrimaryOnlyOneBecomesFinalAndTheDeceivedFollowIt(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
    sim.plays("a", PbftTricks.equivocator(List.of(idOf("d"))));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.deliveredAt(idOf("d"), Simulation.BEGINNING.plusSeconds(1))).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void halvesThatNeitherAreAQuorumCommitNothingOfTheEquivocator(long seed) {
    var sim = Simulation.seeded(seed).powers(7, 6, 6, 6, 6, 6, 6).listen(watch);
    sim.plays("a", PbftTricks.equivocator(List.of(idOf("b"), idOf("c"), idOf("d"))));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered).allMatch(it -> it.commit().round().value() > 0);
    assertThat(watch.accused).isSubsetOf(idOf("a"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void twoReplicasWithOneKeyForkNobody(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4);
    sim.plays("a", new Twins<>(new PbftProvider()));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  @Test
  void moreLiarsThanTheProtocolBearsForkItWithinTenSeeds() {
    var found =
        LongStream.range(0, 10)
            .mapToObj(EquivocationTest::overBudget)
            .flatMap(it -> it instanceof Verdict.Violated(var all, _, _, _) ? all.stream() : null)
            .map(Violation::oracle)
            .toList();

    assertThat(found).contains("O1 agreement");
  }

  /** A primary with two chains and one who agrees with everybody: 9 of 17, when 5 is too much. */
  private static Verdict overBudget(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4);
    sim.plays("a", PbftTricks.equivocator(List.of(idOf("d"))));
    sim.plays("b", new Silent(), PbftTricks.yesMan());
    return sim.runFor(Duration.ofSeconds(4));
  }

  private static ValidatorId idOf(String name) {
    return ValidatorId.of(Keys.of(name).publicKey());
  }
}
