package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 3, 4, 6, 7, 15 and 40: a primary, a, whose proposals nobody may or can vote for. The
 * oracles hold all correct validators to one verdict and to progress.
 */
final class BadProposalsTest {
  private static final Duration RUN = Duration.ofSeconds(8);

  private final Watch watch = new Watch();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proposals with wrong parent",
        "proposals with wrong height",
        "proposals with wrong root",
        "proposals with repeated transaction",
        "proposals with wrong time"
      })
  void aPrimaryThatProposesWhatIsWrongIsDeposed(String trick) {
    for (long seed : new long[] {1, 2, 3}) {
      var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
      sim.plays("a", PbftTricks.named(trick));

      assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
      assertThat(watch.highestView()).as(sim.toString()).isPositive();
    }
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void nobodyVotesForAHeaderWithoutItsBodyAndThePrimaryIsDeposed(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("a", Runs.withholder(engine, List.of()));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered)
        .isNotEmpty()
        .noneMatch(
            it ->
                it.block().header().proposer().equals(idOf("a"))
                    && it.commit().round().value() == 0);
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void aBodyThatJustEnoughGetIsFetchedByTheOthers(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("a", Runs.withholder(engine, List.of(idOf("b"), idOf("c"))));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered).anyMatch(it -> it.commit().round().value() == 0);
    assertThat(watch.steps)
        .filteredOn(it -> it.node().equals(idOf("d")))
        .anyMatch(
            it ->
                it.event() instanceof Event.BlockArrived<?>
                    || it.event() instanceof Event.Synced<?>);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aSlowPrimaryDoesNotStopWhatIsGivenToCorrectNodes(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4);
    sim.plays("a", PbftTricks.named("slow primary"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  private static ValidatorId idOf(String name) {
    return ValidatorId.of(Keys.of(name).publicKey());
  }
}
