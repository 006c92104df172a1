package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.byzantine.Censor;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * O15 without the help of clients: what was handed to one correct node and to nobody else, ever, is
 * final everywhere in time, whichever node it was (scenario 8).
 */
final class EntrustedTest {
  /** T_forward + T_complain + T0 + 1 s. */
  private static final Duration BOUND = Duration.ofMillis(200 + 1_000 + 500 + 1_000);

  private static final List<String> ALL = List.of("a", "b", "c", "d");

  private final Map<Hash, Instant> handed = new HashMap<>();
  private final Map<Hash, Instant> last = new HashMap<>();
  private final Map<Hash, Integer> places = new HashMap<>();

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void whatOneNodeWasGivenInAHealedNetworkIsFinalInTime(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).traffic(1, 1).listen(this::see);
    sim.at(Duration.ofSeconds(1), () -> sim.partition("a", "b"))
        .at(Duration.ofSeconds(3), sim::heal);
    for (int i = 0; i < ALL.size(); i++) {
      entrust(sim, ALL.get(i), Duration.ofSeconds(6 + 3L * i));
    }

    assertThat(sim.runFor(Duration.ofSeconds(19))).isInstanceOf(Verdict.Agreed.class);
    assertThat(handed).as(sim.toString()).hasSize(4);
    assertIsFinalInTime(sim, 4);
  }

  static List<Arguments> entrusted() {
    var entrusted = new ArrayList<Arguments>();
    for (var engine : Engines.names()) {
      for (long seed = 1; seed < ALL.size(); seed++) {
        entrusted.add(Arguments.of(engine, seed, ALL.get((int) seed)));
      }
    }
    return entrusted;
  }

  @ParameterizedTest(name = "{0}, seed {1}, {2}")
  @MethodSource("entrusted")
  void whatOneNodeWasGivenJustBeforeThePrimaryDiedIsFinalInTime(
      String engine, long seed, String name) {
    var sim = Runs.seeded(engine, seed).traffic(1, 1).listen(this::see);
    sim.at(Duration.ofSeconds(2), () -> sim.crash("a"));
    entrust(sim, name, Duration.ofSeconds(2));

    sim.runFor(Duration.ofSeconds(6));

    assertIsFinalInTime(sim, 3);
  }

  @ParameterizedTest(name = "{0}, seed {1}, {2}")
  @MethodSource("entrusted")
  void whatThePrimaryNeverOrdersOfOneNodeIsFinalInTime(String engine, long seed, String name) {
    var victim = ValidatorId.of(Keys.of(name).publicKey());
    var sim = Runs.seeded(engine, seed).traffic(40, 1).listen(this::see);
    sim.plays("a", new Censor(victim));
    entrust(sim, name, Duration.ofSeconds(2));

    assertThat(sim.runFor(Duration.ofSeconds(6))).isInstanceOf(Verdict.Agreed.class);
    assertIsFinalInTime(sim, 4);
  }

  /**
   * Of view 1 the primary is d, which leaves for it alone, because only d hears that c complains:
   * nobody follows, and what clients hand to d must go to those who go on in view 0.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void whatWasGivenToOneWhoWaitsAloneForItsOwnViewIsFinalInTime(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).traffic(0.001, 1).listen(this::see);
    FrameRule deaf = (from, to, frame) -> passesWhileTheyAreDeaf(sim, from, to, frame);
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(deaf))
        .at(Duration.ofMillis(2_500), () -> sim.net().remove(deaf))
        .at(
            Duration.ofSeconds(4),
            () -> {
              var engine = sim.node("d").status().orElseThrow().engine();
              assertThat(engine.active()).isFalse();
              assertThat(engine.leader()).isEqualTo(sim.id("d"));
            });
    entrust(sim, "d", Duration.ofSeconds(4));

    sim.runFor(Duration.ofSeconds(8));

    assertIsFinalInTime(sim, 4);
  }

  private static boolean passesWhileTheyAreDeaf(
      Simulation sim, ValidatorId from, ValidatorId to, Bytes frame) {
    if (from.equals(sim.id("a"))) {
      return to.equals(sim.id("b"));
    }
    var message = sim.universe().messageIn(frame);
    boolean complains = message.filter(Complain.class::isInstance).isPresent();
    boolean leaves = message.filter(ViewChange.class::isInstance).isPresent();
    boolean toTheOnly = from.equals(sim.id("c")) && to.equals(sim.id("d"));
    return !leaves && (!complains || toTheOnly);
  }

  private void entrust(Simulation sim, String name, Duration time) {
    var transaction = Transaction.of(Bytes.utf8("for " + name + " only"));
    sim.at(
        time,
        () -> {
          handed.put(transaction.id(), sim.universe().now());
          sim.node(name).submit(transaction);
        });
  }

  private void see(Observation observation) {
    if (observation instanceof Observation.Delivered(var at, _, _, var block, _)) {
      for (var transaction : block.transactions()) {
        if (handed.containsKey(transaction.id())) {
          last.put(transaction.id(), at);
          places.merge(transaction.id(), 1, Integer::sum);
        }
      }
    }
  }

  private void assertIsFinalInTime(Simulation sim, int nodes) {
    assertThat(handed)
        .as(sim.toString())
        .isNotEmpty()
        .allSatisfy(
            (id, at) -> {
              assertThat(places).containsEntry(id, nodes);
              assertThat(last.get(id)).isBefore(at.plus(BOUND));
            });
  }
}
