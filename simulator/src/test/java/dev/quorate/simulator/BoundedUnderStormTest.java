package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.replica.Count;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Written;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenario 10, O21: one validator says as much as it can about future views, future heights and the
 * greatest numbers there are; what the others hold of it has a bound, and they go on.
 */
final class BoundedUnderStormTest {
  /** Heights above the delivered one of which an engine keeps anything: max(10, 2 x window). */
  private static final int LOOKAHEAD = 10;

  /** Bytes of engine state: more than a window with its votes and certificates takes. */
  private static final int MOST_STATE = 32_768;

  /** 2,000 messages a second to each of the others. */
  private static final Duration INTERVAL = Duration.ofMillis(2);

  private static final int BURST = 4;

  private int slots;
  private int state;
  private int views;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsHeldOfAStormIsBoundedAndTheOthersGoOn(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4);
    var stormy = ValidatorId.of(Keys.of("d").publicKey());
    sim.plays("d", PbftTricks.storm(INTERVAL, BURST));
    sim.listen(it -> see(it, stormy));

    assertThat(sim.runFor(Duration.ofSeconds(5)))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(50));

    assertThat(slots).isBetween(1, LOOKAHEAD);
    assertThat(state).isBetween(1, MOST_STATE);
    assertThat(views).isZero();
    for (var name : new String[] {"a", "b", "c"}) {
      var counts = sim.node(name).counts().orElseThrow();
      assertThat(counts.of(Count.FRAMES_STUMBLED)).isZero();
      assertThat(counts.of(Count.REQUESTS_SENT)).isLessThan(5_000);
      assertThat(counts.of(Count.MESSAGES_UNWANTED)).isGreaterThan(1_000);
    }
  }

  private void see(Observation observation, ValidatorId stormy) {
    if (!(observation instanceof Observation.OfNode it) || it.node().equals(stormy)) {
      return;
    }
    if (observation instanceof Observation.Wrote(_, _, _, Written.Records records)) {
      records.engineState().ifPresent(bytes -> state = Math.max(state, bytes.length()));
    } else if (observation instanceof Observation.Turned turned) {
      views = Math.max(views, turned.status().engine().round().value());
    } else if (observation instanceof Observation.Stepped step) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Broadcast<?>(var message) && message instanceof Status said) {
          slots = Math.max(slots, said.slots().size());
        }
      }
    }
  }
}
