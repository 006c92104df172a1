package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario 18: whom complaints and departures of too few do not move. */
final class ComplaintsTest {
  private final Watch watch = new Watch();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void complaintsBelowAWeakQuorumChangeNothing(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
    sim.plays("d", PbftTricks.named("restless"));

    assertThat(sim.runFor(Duration.ofSeconds(8)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(50));
    assertThat(watch.highestView()).isZero();
  }
}
