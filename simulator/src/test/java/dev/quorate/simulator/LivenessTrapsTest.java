package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.Silent;
import dev.quorate.simulator.byzantine.SyncLiar;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 17, 19, 36, 37 and 38, and the traps in which other implementations stood still for
 * ever. Every run ends with the oracle of progress: all that correct nodes admitted is final.
 */
final class LivenessTrapsTest {
  private static final Duration RUN = Duration.ofSeconds(12);
  private static final String[] ALL = {"a", "b", "c", "d"};

  private final Watch watch = new Watch();

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void theViewTimerRunsThoughOneValidatorNeverSaysWhichViewItWants(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("d", new Silent());
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a")).at(Duration.ofSeconds(5), sim::heal);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.highestView()).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void transactionsThatWaitedForTheOldPrimaryDoNotTurnAgainstTheNewOne(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).traffic(200, 10).listen(watch);
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a")).at(Duration.ofSeconds(6), sim::heal);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.highestView()).as(sim.toString()).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aPausedPrimaryVotesAgainInTheViewThatBeganWithoutIt(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
    sim.at(Duration.ofSeconds(2), () -> pause(sim, "a", Duration.ofSeconds(12)))
        .at(Duration.ofSeconds(8), () -> sim.crash("d"));
    // From second 8 to 12 two are away; with a awake again three are there, and a is needed.

    assertThat(sim.runFor(Duration.ofSeconds(16))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.deliveredAt(sim.id("a"), Simulation.BEGINNING.plusSeconds(13)))
        .as(sim.toString())
        .isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whoNeverGotTheNewViewGetsIntoTheViewAllTheSame(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
    sim.net()
        .add(
            (from, to, frame) ->
                !(to.equals(sim.id("d"))
                    && sim.universe().messageIn(frame).orElse(null) instanceof NewView));
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a"));

    sim.runFor(RUN);

    assertThat(watch.views.get(sim.id("d"))).as(sim.toString()).isPositive();
    assertThat(watch.deliveredAt(sim.id("d"), Simulation.BEGINNING.plusSeconds(6))).isPositive();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void validatorsThatWereScatteredOverManyViewsMeetAgain(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).parameter("t_max_ms", 2_000);
    for (int i = 0; i < ALL.length; i++) {
      var name = ALL[i];
      for (int from = 1_000 + 150 * i; from < 8_000; from += 1_700 + 300 * i) {
        sim.at(Duration.ofMillis(from), () -> sim.partition(name))
            .at(Duration.ofMillis(from + 900), sim::heal);
      }
    }

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void anEvenSplitStopsAndGoesOnWhenItIsHealed(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine).listen(watch);
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a", "b"))
        .at(Duration.ofSeconds(7), sim::heal);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered)
        .noneMatch(it -> isBetween(it.at(), Duration.ofSeconds(3), Duration.ofSeconds(7)));
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void oneWhoIsHeardAndDoesNotHearStopsNobody(String engine, long seed) {
    var sim = Runs.seeded(engine, seed);
    for (var name : new String[] {"b", "c", "d"}) {
      sim.at(Duration.ofSeconds(2), () -> sim.net().cut(sim.id(name), sim.id("a"), false))
          .at(Duration.ofSeconds(7), () -> sim.net().mend(sim.id(name), sim.id("a")));
    }

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void aClockThatJumpsAnHourStopsNobody(String engine, long seed) {
    for (long hours : new long[] {1, -1}) {
      var sim = Runs.seeded(engine, seed);
      sim.at(Duration.ofSeconds(2), () -> sim.node("a").clock().set(Duration.ofHours(hours)))
          .at(Duration.ofSeconds(7), () -> sim.node("a").clock().set(Duration.ZERO));

      assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    }
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void aChainThatRanAheadWithMostClocksGoesOnWhenTheyAreSetRight(String engine, long seed) {
    var sim = Runs.seeded(engine, seed);
    for (var name : new String[] {"a", "b", "c"}) {
      sim.at(Duration.ofSeconds(2), () -> sim.node(name).clock().set(Duration.ofHours(1)))
          .at(Duration.ofSeconds(7), () -> sim.node(name).clock().set(Duration.ZERO));
    }

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFiveSeeds")
  void aLiarAmongThosePeersThatAreAskedForBlocksKeepsNobodyBehind(String engine, long seed) {
    var sim = Runs.seeded(engine, seed);
    sim.plays("b", new SyncLiar());
    sim.at(Duration.ofSeconds(1), () -> sim.crash("d"))
        .at(Duration.ofSeconds(9), () -> sim.restart("d"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  private static void pause(Simulation sim, String name, Duration until) {
    sim.node(name).pauseUntil(until.toNanos());
  }

  private static boolean isBetween(Instant at, Duration from, Duration to) {
    return at.isAfter(Simulation.BEGINNING.plus(from))
        && at.isBefore(Simulation.BEGINNING.plus(to));
  }
}
