package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios 5, 7, 16, 20, 23, 24 and 34, each of a whole network. The first primary is a. */
final class ClusterScenariosTest {
  private static final List<String> ALL = List.of("a", "b", "c", "d");

  private final Watch watch = new Watch();

  /** The COMMITs of view 0 that were held back. */
  private final List<Observation.Sent> held = new ArrayList<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void whatWasPreparedWhenThePrimaryDiedStaysAndTheRestIsOrderedOnce(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).traffic(200, 4).listen(watch);
    var prepared = new TreeMap<Height, BlockId>();
    FrameRule noCommits = (_, _, frame) -> !isCommitOfViewZero(sim, frame);
    sim.at(Duration.ofSeconds(2), () -> sim.net().add(noCommits))
        .at(
            Duration.ofMillis(2_300),
            () -> {
              prepared.putAll(preparedByAll(sim));
              sim.crash("a");
            })
        .at(Duration.ofSeconds(5), () -> sim.restart("a"));

    assertThat(sim.runFor(Duration.ofSeconds(7))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.highestView()).isPositive();
    assertThat(prepared).isNotEmpty();
    prepared.forEach(
        (height, id) ->
            assertThat(sim.node("b").chain().block(height).orElseThrow().block().id())
                .as("%s at %s", sim, height)
                .isEqualTo(id));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void aPrimaryThatTricklesTinyBlocksJustInTimeIsDeposed(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).traffic(100, 4).listen(watch);
    var next = new Instant[] {Instant.MIN};
    sim.net()
        .add(
            (_, to, frame) -> {
              int transactions = transactionsIn(frame);
              if (!to.equals(sim.id("a")) || transactions == 0) {
                return true;
              }
              var now = sim.universe().now();
              boolean passes = transactions <= 2 && !now.isBefore(next[0]);
              if (passes) {
                next[0] = now.plusMillis(400);
              }
              return passes;
            });

    assertThat(sim.runFor(Duration.ofSeconds(6))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.views.get(sim.id("b"))).as(sim.toString()).isPositive();
    assertThat(watch.delivered)
        .filteredOn(it -> it.commit().round().value() == 0 && it.node().equals(sim.id("b")))
        .as("it was neither silent nor without progress")
        .hasSizeGreaterThan(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void commitsOfAViewThatAllHaveLeftStillDeliverAndNoneIsGivenAnyMore(long seed) {
    var sim = Simulation.seeded(seed).powers(5, 4, 4, 4).listen(watch);
    // Nobody can open the next view, so that all wait between two views.
    FrameRule neither = (_, _, frame) -> !isCommitOfViewZero(sim, frame) && !opens(sim, frame);
    sim.listen(it -> hold(sim, it));
    sim.at(Duration.ofSeconds(2), () -> sim.net().add(neither))
        .at(Duration.ofMillis(3_500), () -> release(sim, neither));

    assertThat(sim.runFor(Duration.ofSeconds(6))).as(sim.toString()).isInstanceOf(Agreed.class);
    var late = Simulation.BEGINNING.plusMillis(3_500);
    assertThat(watch.delivered)
        .as(sim.toString())
        .anyMatch(
            it ->
                it.commit().round().value() == 0
                    && it.at().isAfter(late)
                    && it.at().isBefore(late.plusMillis(50)));
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void votesThatArriveTwiceDoNotMakeUpForOnesThatAreMissing(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine).listen(watch);
    sim.at(
        Duration.ofSeconds(1),
        () -> {
          sim.partition("a", "b");
          sim.net().weather(it -> it.withDuplication(1));
        });

    sim.runFor(Duration.ofSeconds(4));

    assertThat(deliveredAfter(Duration.ofMillis(1_050))).as(sim.toString()).isZero();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void exactlyTwoThirdsDeliverNothingAndExactlyAThirdChangesNoView(String engine, long seed) {
    var sim = Simulation.seeded(seed).engine(engine).powers(2, 2, 1, 1).listen(watch);
    sim.at(Duration.ofSeconds(1), () -> sim.partition("a", "b"));

    sim.runFor(Duration.ofSeconds(5));

    assertThat(deliveredAfter(Duration.ofMillis(1_050))).as(sim.toString()).isZero();
    for (var name : List.of("c", "d")) {
      var status = sim.node(name).status().orElseThrow().engine();
      assertThat(status.round().value()).as(sim.toString()).isZero();
      assertThat(status.active()).as(sim.toString()).isTrue();
    }
  }

  @Test
  void theGreatestPowersThereMayBeAreAddedUpRightly() {
    long quarter = (Long.MAX_VALUE / 8) / 4;
    var sim = Simulation.seeded(1).powers(quarter, quarter, quarter, quarter).listen(watch);
    sim.at(Duration.ofSeconds(2), () -> sim.partition("a", "b"))
        .at(Duration.ofSeconds(4), sim::heal);

    assertThat(sim.runFor(Duration.ofSeconds(6))).isInstanceOf(Agreed.class);
    assertThat(watch.delivered)
        .noneMatch(
            it ->
                it.at().isAfter(Simulation.BEGINNING.plusMillis(2_050))
                    && it.at().isBefore(Simulation.BEGINNING.plusSeconds(4)));
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFiveSeeds")
  void anOldCopyOfOneDiskNeitherForksNorStopsTheRest(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.node("d").becomeAmnesiac();
    sim.at(
            Duration.ofSeconds(2),
            () -> {
              sim.crash("d");
              sim.node("d").disk().forget(60);
            })
        .at(Duration.ofMillis(2_200), () -> sim.restart("d"));

    assertThat(sim.runFor(Duration.ofSeconds(8))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(deliveredAfter(Duration.ofSeconds(7))).isPositive();
  }

  /** The highest block of each height above the tip of b that all four PREPAREd in view 0. */
  private Map<Height, BlockId> preparedByAll(Simulation sim) {
    var votes = new TreeMap<Height, List<BlockId>>();
    for (var step : watch.steps) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Broadcast<?>(var message)
            && message instanceof Prepare(var vote)) {
          votes
              .computeIfAbsent(vote.vote().height(), _ -> new ArrayList<>())
              .add(vote.vote().blockId());
        }
      }
    }
    var tip = sim.node("b").chain().tip().orElseThrow().height();
    var prepared = new TreeMap<Height, BlockId>();
    votes
        .tailMap(tip, false)
        .forEach(
            (height, ids) -> {
              // The primary's own is in its PRE-PREPARE.
              if (ids.size() >= ALL.size() - 1) {
                prepared.put(height, ids.getFirst());
              }
            });
    return prepared;
  }

  private void hold(Simulation sim, Observation observation) {
    if (observation instanceof Observation.Sent sent && isCommitOfViewZero(sim, sent.frame())) {
      held.add(sent);
    }
  }

  private void release(Simulation sim, FrameRule rule) {
    assertThat(ALL)
        .as("who is not in the view that it opened itself waits for one")
        .filteredOn(it -> !sim.node(it).status().orElseThrow().engine().active())
        .hasSizeGreaterThan(2);
    sim.net().remove(rule);
    held.stream()
        .filter(it -> it.at().isAfter(Simulation.BEGINNING.plusSeconds(2)))
        .forEach(it -> sim.net().send(it.node(), it.to(), it.frame()));
  }

  private long deliveredAfter(Duration time) {
    return watch.delivered.stream()
        .filter(it -> it.at().isAfter(Simulation.BEGINNING.plus(time)))
        .count();
  }

  private static boolean isCommitOfViewZero(Simulation sim, Bytes frame) {
    return sim.universe()
        .messageIn(frame)
        .filter(it -> it instanceof Commit(var vote) && vote.vote().round().value() == 0)
        .isPresent();
  }

  private static boolean opens(Simulation sim, Bytes frame) {
    return sim.universe().messageIn(frame).filter(NewView.class::isInstance).isPresent();
  }

  private static int transactionsIn(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var list))
        ? list.size()
        : 0;
  }
}
