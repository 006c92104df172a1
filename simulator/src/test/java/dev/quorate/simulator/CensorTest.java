package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R8a, scenario 8: a primary that orders what it likes, and never one client's transaction. */
final class CensorTest {
  /** T_forward + T_complain + T0 + 1 s. */
  private static final Duration BOUND = Duration.ofMillis(200 + 1_000 + 500 + 1_000);

  private final Transaction unwanted = Transaction.of(Bytes.utf8("what the primary must not see"));
  private final Set<Integer> views = new HashSet<>();
  private @Nullable ValidatorId censor;
  private @Nullable Instant submitted;
  private @Nullable Instant ordered;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void whatThePrimaryWillNotOrderIsOrderedByTheNextOneInTime(long seed) {
    var sim = watched(seed);
    sim.net().add(this::passes);
    sim.at(Duration.ofSeconds(2), () -> node(sim, true).submit(unwanted));

    var verdict = sim.runFor(Duration.ofSeconds(8));

    assertThat(verdict).as(sim.toString()).isInstanceOf(Verdict.Agreed.class);
    assertThat(ordered).as(sim.toString()).isNotNull();
    assertThat(Duration.between(submitted, ordered)).as(sim.toString()).isLessThan(BOUND);
    assertThat(views).contains(1);
  }

  @Test
  void withoutThatComplaintTheCensorHasItsWay() {
    var sim =
        busy(
            Simulation.seeded(1)
                .traffic(0.5, 1)
                .parameter("t_complain_ms", 600_000)
                .listen(this::see));
    sim.net().add(this::passes);
    sim.at(Duration.ofSeconds(2), () -> node(sim, true).submit(unwanted));
    sim.at(Duration.ofMillis(7_900), () -> assertThat(ordered).isNull());

    sim.runFor(Duration.ofSeconds(8));

    assertThat(views).containsExactly(0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void anHonestPrimaryUnderTheSameLoadIsNotComplainedOf(long seed) {
    var sim = watched(seed);
    sim.at(Duration.ofSeconds(2), () -> node(sim, true).submit(unwanted));

    sim.runFor(Duration.ofSeconds(8));

    assertThat(views).as(sim.toString()).containsExactly(0);
  }

  /** The primary's own clients keep it busy, so that it is neither silent nor without progress. */
  private Simulation watched(long seed) {
    return busy(Simulation.seeded(seed).traffic(0.5, 1).listen(this::see));
  }

  private Simulation busy(Simulation sim) {
    for (int i = 0; i < 700; i++) {
      sim.at(Duration.ofMillis(500 + 10L * i), () -> sim.submit(node(sim, false).name(), 1));
    }
    return sim;
  }

  /** One that is not the primary of view 0, or the primary itself. */
  private SimNode<?> node(Simulation sim, boolean backup) {
    for (var name : new String[] {"a", "b", "c", "d"}) {
      if (sim.id(name).equals(censor) != backup) {
        return sim.node(name);
      }
    }
    throw new AssertionError("no such node");
  }

  private boolean passes(ValidatorId from, ValidatorId to, Bytes frame) {
    return !(to.equals(censor)
        && EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var list))
        && list.contains(unwanted.bytes()));
  }

  private void see(Observation observation) {
    switch (observation) {
      case Observation.Turned it -> {
        var engine = it.status().engine();
        if (censor == null) {
          censor = engine.leader();
        }
        views.add(engine.round().value());
      }
      case Observation.Submitted it -> {
        if (it.transaction().id().equals(unwanted.id()) && submitted == null) {
          submitted = it.at();
        }
      }
      case Observation.Delivered it -> {
        if (ordered == null && it.block().transactions().contains(unwanted)) {
          ordered = it.at();
        }
      }
      default -> {}
    }
  }
}
