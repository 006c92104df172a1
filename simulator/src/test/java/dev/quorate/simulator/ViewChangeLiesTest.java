package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.Replayer;
import dev.quorate.simulator.byzantine.Trick;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import dev.quorate.simulator.plan.NetworkPlan;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 9, 11, 12, 13 and 14: lies in view changes. The primary of view 0, a, is correct and
 * cut off for a while; who opens the next view, and claims something in it, lies.
 */
final class ViewChangeLiesTest {
  private static final Duration RUN = Duration.ofSeconds(10);
  private static final long[] SEEDS = {1, 2, 3};
  private static final long[] POWERS = {5, 4, 4, 4};

  private final Watch watch = new Watch();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new-view with withheld",
        "new-view with wrong base",
        "new-view with highest omitted",
        "new-view with fewer claims",
        "new-view with repeated claims",
        "new-view with different"
      })
  void aLyingNewViewForksNobodyAndStopsNobody(String trick) {
    for (long seed : SEEDS) {
      agreesWith(PbftTricks.named(trick), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "view-change with a hidden certificate",
        "view-change with a stale certificate",
        "view-change with a forged certificate",
        "view-change with a mixed certificate",
        "view-change with a thinned certificate",
        "view-change with a different certificate",
        "forger",
        "mutator"
      })
  void aLyingClaimForksNobodyAndStopsNobody(String trick) {
    for (long seed : SEEDS) {
      agreesWith(PbftTricks.named(trick), seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void oldViewChangesThatAreSaidAgainForkNobodyAndStopNobody(long seed) {
    agreesWith(new Replayer(), seed);
  }

  private void agreesWith(Trick trick, long seed) {
    var sim = Simulation.seeded(seed).powers(POWERS).listen(watch);
    sim.plays(primaryOfTheNextView(), trick);
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a")).at(Duration.ofMillis(4_500), sim::heal);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.highestView()).as(sim.toString()).isPositive();
  }

  private static String primaryOfTheNextView() {
    var validators = new ArrayList<Validator>();
    for (int i = 0; i < POWERS.length; i++) {
      validators.add(Validator.of(Keys.of(NetworkPlan.nameOf(i)).publicKey(), POWERS[i]));
    }
    var primary = ProposerSchedule.of(ValidatorSet.of(validators)).at(1);
    int index = 0;
    while (!validators.get(index).id().equals(primary)) {
      index++;
    }
    return NetworkPlan.nameOf(index);
  }
}
