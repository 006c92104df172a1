package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.Verdict.Agreed;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenariosTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1807, 4938})
  void aMinorityThatIsCutOffNeitherForksNorStopsTheRest(long seed) {
    var sim = Simulation.seeded(seed).powers(40, 30, 20, 10);
    sim.at(Duration.ofSeconds(5), () -> sim.partition("c", "d"))
        .at(Duration.ofSeconds(20), sim::heal);

    assertThat(sim.runFor(Duration.ofSeconds(60)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(150));
  }

  @Test
  void allThatAreKilledAtOnceGoOnWhereTheyWere() {
    var sim = Simulation.seeded(18);
    for (var name : new String[] {"a", "b", "c", "d"}) {
      sim.at(Duration.ofSeconds(4), () -> sim.crash(name))
          .at(Duration.ofSeconds(6), () -> sim.restart(name));
    }

    assertThat(sim.runFor(Duration.ofSeconds(12)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(100));
  }

  @Test
  void aNodeThatComesBackReachesTheTipWithoutNewTraffic() {
    var sim = Simulation.seeded(17);
    sim.at(Duration.ofSeconds(1), () -> sim.crash("d"))
        .at(Duration.ofSeconds(10), () -> sim.restart("d"));

    assertThat(sim.runFor(Duration.ofSeconds(10))).as(sim.toString()).isInstanceOf(Agreed.class);
  }

  /** Which node proposes and which frames meet decides whether there is a fork: not every seed. */
  @Test
  void moreLostDisksThanMayBeFaultyForkTheChainAndAreCaught() {
    boolean caught =
        LongStream.rangeClosed(1, 40)
            .mapToObj(ScenariosTest::loseTwoDisks)
            .anyMatch(it -> it instanceof Verdict.Violated violated && violated.names("O1"));

    assertThat(caught).isTrue();
  }

  private static Verdict loseTwoDisks(long seed) {
    var sim = Simulation.seeded(seed);
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
