package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenariosTest {
  private static final List<String> ALL = List.of("a", "b", "c", "d");

  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofSixSeeds")
  void aMinorityThatIsCutOffNeitherForksNorStopsTheRest(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine).powers(40, 30, 20, 10);
    sim.at(Duration.ofSeconds(5), () -> sim.partition("c", "d"))
        .at(Duration.ofSeconds(20), sim::heal);

    assertThat(sim.runFor(Duration.ofSeconds(60)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(150));
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void allThatAreKilledAtOnceGoOnWhereTheyWere(String engine, long seed) {
    var watch = new Watch();
    var sim = Simulation.seeded(seed).engine(engine).listen(watch);
    for (var name : ALL) {
      sim.at(Duration.ofSeconds(4), () -> sim.crash(name))
          .at(Duration.ofSeconds(6), () -> sim.restart(name));
    }

    assertThat(sim.runFor(Duration.ofSeconds(9)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(100));
    for (var name : ALL) {
      assertThat(watch.firstDeliveredAt(sim.id(name), Simulation.BEGINNING.plusSeconds(6)))
          .as(sim.toString())
          .hasValueSatisfying(it -> assertThat(it).isBefore(Simulation.BEGINNING.plusSeconds(7)));
    }
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void allThatAreKilledInTheMiddleOfAViewChangeGoOnAllTheSame(String engine, long seed) {
    var watch = new Watch();
    var sim = Runs.seeded(engine, seed).listen(watch);
    var left = new boolean[1];
    sim.listen(
        it -> {
          if (it instanceof Observation.Turned turned
              && isInChange(turned.status().engine())
              && !left[0]) {
            left[0] = true;
            sim.universe().agenda().after(Duration.ofMillis(1), () -> ALL.forEach(sim::crash));
          }
        });
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a")).at(Duration.ofSeconds(6), sim::heal);
    for (var name : ALL) {
      sim.at(Duration.ofSeconds(6), () -> sim.restart(name));
    }

    assertThat(sim.runFor(Duration.ofSeconds(9))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(left[0]).isTrue();
    for (var name : ALL) {
      assertThat(watch.deliveredAt(sim.id(name), Simulation.BEGINNING.plusSeconds(6)))
          .as(sim.toString())
          .isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aNodeThatComesBackReachesTheTipWithoutNewTraffic(String engine) {
    var sim = Simulation.seeded(17).engine(engine);
    sim.at(Duration.ofSeconds(1), () -> sim.crash("d"))
        .at(Duration.ofSeconds(10), () -> sim.restart("d"));

    assertThat(sim.runFor(Duration.ofSeconds(10))).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  /** Which node proposes and which frames meet decides whether there is a fork: not every seed. */
  @ParameterizedTest
  @MethodSource("engines")
  void moreLostDisksThanMayBeFaultyForkTheChainAndAreCaught(String engine) {
    boolean caught =
        LongStream.rangeClosed(1, 40)
            .mapToObj(seed -> loseTwoDisks(engine, seed))
            .anyMatch(it -> it instanceof Verdict.Violated violated && violated.names("O1"));

    assertThat(caught).isTrue();
  }

  private static boolean isInChange(EngineStatus engine) {
    return !engine.active() || engine.round().value() > 0;
  }

  private static Verdict loseTwoDisks(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine);
    sim.node("b").becomeAmnesiac();
    sim.node("c").becomeAmnesiac();
    sim.partition("d")
        .at(
            Duration.ofSeconds(2),
            () -> {
              sim.crash("b").crash("c").heal().partition("a");
              sim.node("b").disk().loseAll();
              sim.node("c").disk().loseAll();
              sim.restart("b").restart("c");
            });
    return sim.runFor(Duration.ofSeconds(6));
  }
}
