package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.CommitSig;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 25 to 31, each of a whole network of four equal validators, in which chosen messages do
 * not arrive. A proposal that d does not get, and prevotes of a and c that do not meet, leave b
 * alone with a polka: see {@link #lockBOnly}.
 */
final class TendermintScenariosTest {
  private static final Duration RUN = Duration.ofSeconds(8);

  private final Watch watch = new Watch();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void whoIsLockedPrevotesNilForAnotherBlockAndFollowsItsPolka(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    FrameRule rule = (from, to, frame) -> lockBOnly(sim, from, to, messageIn(sim, frame));
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(rule))
        .at(Duration.ofSeconds(6), () -> sim.net().remove(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(locksOf(sim, "b"))
        .as(sim.toString())
        .anyMatch(
            lock ->
                !lock.blockId().equals(decided(sim, lock.height()))
                    && votesOf(sim, "b", VoteType.PREPARE).stream()
                        .anyMatch(it -> isAt(it, lock.height(), 1) && it.blockId().isNone()));
  }

  /** The others need b, which needs what only it knows of; its turn to propose comes. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void aLockThatNobodyElseKnowsOfIsFoundOutByWhoeverNeedsItsVote(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    FrameRule rule = (from, to, frame) -> lockBOnly(sim, from, to, messageIn(sim, frame));
    var hidden = new ArrayList<Vote>();
    sim.listen(
        it -> {
          if (hidden.isEmpty() && it instanceof Observation.Stepped) {
            hiddenLock(sim).ifPresent(hidden::add);
            if (!hidden.isEmpty()) {
              sim.net().remove(rule);
              sim.universe().agenda().after(1, () -> sim.crash("d"));
            }
          }
        });
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(hidden).as(sim.toString()).hasSize(1);
    var lock = hidden.getFirst();
    assertThat(decided(sim, lock.height())).as(sim.toString()).isEqualTo(lock.blockId());
    assertThat(watch.delivered)
        .filteredOn(it -> it.block().height().equals(lock.height()))
        .allMatch(it -> it.commit().round().value() > 0);
  }

  /** Nobody decides in round 0; in round 1 a polka needs d, who has not seen that of round 0. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void whoLacksThePolkaThatAProposalNamesWaitsForItAndPrevotesTheBlock(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    var again = new HashMap<Height, Instant>();
    FrameRule rule =
        (from, to, frame) -> {
          var message = messageIn(sim, frame);
          return giveUpRoundZero(sim, from, to, message) && withoutPolka(sim, to, message, again);
        };
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(rule))
        .at(Duration.ofSeconds(6), () -> sim.net().remove(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(again).as(sim.toString()).isNotEmpty();
    assertThat(stepsOf(sim, "d"))
        .as(sim.toString())
        .anyMatch(
            step ->
                step.event() instanceof Event.Received<?>(var signed, _)
                    && signed.message() instanceof CertificateMessage(var polka)
                    && polka.type() == VoteType.PREPARE
                    && votesIn(step).stream()
                        .anyMatch(
                            it ->
                                it.type() == VoteType.PREPARE
                                    && it.blockId().equals(polka.blockId())));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void prevotesThatDifferFromPeerToPeerSplitPolkasAndStopNobody(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    sim.plays("d", Runs.trick("tendermint", "votes for a block and for nil"));
    sim.at(Duration.ofSeconds(1), () -> sim.net().weather(it -> it.withLoss(0.1)))
        .at(Duration.ofSeconds(6), sim::heal);

    assertThat(sim.runFor(RUN))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(30));
    assertThat(watch.accused).containsExactly(sim.id("d"));
    assertThat(watch.highestView()).as(sim.toString()).isPositive();
  }

  /** Two of four forget what they signed: whether there is a fork then is a matter of chance. */
  @Test
  void moreThanMayForgetForkTheChainAndTheTwoCommitsNameThem() {
    var forked =
        LongStream.rangeClosed(1, 20)
            .mapToObj(TendermintScenariosTest::loseTwoDisks)
            .filter(TendermintScenariosTest::isForked)
            .findFirst();

    assertThat(forked)
        .hasValueSatisfying(
            sim ->
                assertThat(whoSignedBoth(sim))
                    .as(sim.toString())
                    .containsExactlyInAnyOrder(sim.id("b"), sim.id("c")));
  }

  /** d gives every round up, and c's precommits of round 0 reach nobody. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void whoIsInALaterRoundDecidesByTheCommitOfAnEarlierOne(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    sim.plays("d", Runs.trick("tendermint", "restless"));
    FrameRule rule =
        (from, _, frame) ->
            !(from.equals(sim.id("c"))
                && messageIn(sim, frame).orElse(null) instanceof Precommit(var vote)
                && vote.vote().round().value() == 0);
    var rounds = new HashMap<ValidatorId, Integer>();
    var late = new HashSet<Height>();
    sim.listen(it -> noteDecisionsOfEarlierRounds(it, rounds, late));
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(rule))
        .at(Duration.ofSeconds(6), () -> sim.net().remove(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(late).as(sim.toString()).isNotEmpty();
  }

  /** No proposal of round 0 arrives, and at d nothing but commit certificates. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void theCommitOfALaterRoundDecidesOnceTheBodyIsFetched(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    FrameRule rule =
        (_, to, frame) -> {
          var message = messageIn(sim, frame).orElse(null);
          boolean early = message instanceof Proposal it && it.round().value() == 0;
          boolean vote = message instanceof Prevote || message instanceof Precommit;
          return !early && !(to.equals(sim.id("d")) && (vote || message instanceof Proposal));
        };
    sim.at(Duration.ofSeconds(1), () -> sim.net().add(rule))
        .at(Duration.ofSeconds(6), () -> sim.net().remove(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(stepsOf(sim, "d"))
        .as(sim.toString())
        .anyMatch(
            step ->
                !(step.event() instanceof Event.Synced<?>)
                    && step.effects().stream()
                        .anyMatch(
                            it ->
                                it instanceof Effect.Commit<?>(_, var commit)
                                    && commit.round().value() > 0));
  }

  /** No proposal arrives for three seconds, and for two of them nothing at d. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void whoWasAwayForThreeRoundsSkipsThem(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").listen(watch);
    FrameRule rule = (_, _, frame) -> !(messageIn(sim, frame).orElse(null) instanceof Proposal);
    var rounds = new ArrayList<Integer>();
    sim.listen(
        it -> {
          if (it instanceof Observation.Turned turned && turned.node().equals(sim.id("d"))) {
            rounds.add(turned.status().engine().round().value());
          }
        });
    sim.at(
            Duration.ofSeconds(1),
            () -> {
              sim.net().add(rule);
              sim.partition("d");
            })
        .at(Duration.ofSeconds(4), sim::heal)
        .at(Duration.ofMillis(4_500), () -> sim.net().remove(rule));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    boolean skipped = false;
    for (int i = 1; i < rounds.size(); i++) {
      skipped |= rounds.get(i) >= rounds.get(i - 1) + 3;
    }
    assertThat(skipped).as("%s went through %s", sim, Set.copyOf(rounds)).isTrue();
  }

  /** In a network where nothing is wrong otherwise, one who gives up alone moves nobody. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999})
  void votesInLaterRoundsBelowAWeakQuorumMoveNobody(long seed) {
    var sim = Runs.seeded("tendermint", seed).listen(watch);
    sim.plays("d", Runs.trick("tendermint", "restless"));

    assertThat(sim.runFor(RUN))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(50));
    assertThat(watch.delivered).allMatch(it -> it.commit().round().value() == 0);
  }

  private static Simulation loseTwoDisks(long seed) {
    var sim = Simulation.seeded(seed).engine("tendermint").oracles(List.of());
    sim.node("b").becomeAmnesiac();
    sim.node("c").becomeAmnesiac();
    sim.partition("d")
        .at(
            Duration.ofSeconds(1),
            () -> {
              sim.crash("b").crash("c").heal().partition("a");
              sim.node("b").disk().loseAll();
              sim.node("c").disk().loseAll();
              sim.restart("b").restart("c");
            });
    sim.runFor(Duration.ofSeconds(4));
    return sim;
  }

  private static boolean isForked(Simulation sim) {
    var one = firstBlock(sim, "a");
    var other = firstBlock(sim, "d");
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }

  /** Whose precommits are in the commits of both first blocks, be it of one round or of two. */
  private static List<ValidatorId> whoSignedBoth(Simulation sim) {
    var signers = new HashSet<ValidatorId>(whoCommitted(sim, "a"));
    return whoCommitted(sim, "d").stream().filter(signers::contains).toList();
  }

  private static List<ValidatorId> whoCommitted(Simulation sim, String name) {
    var chain = sim.node(name).chain();
    return chain.commit(new Height(1)).orElseThrow().signatures().stream()
        .filter(it -> it.flag() == CommitSig.Flag.COMMIT)
        .flatMap(it -> it.validator().stream())
        .toList();
  }

  private static Optional<BlockId> firstBlock(Simulation sim, String name) {
    return sim.node(name).chain().block(new Height(1)).map(it -> it.block().id());
  }

  /**
   * Of round 0, d gets no proposal and prevotes nil; of the three who have it, a and c do not hear
   * each other's prevotes, so that only b sees a polka; and no polka is passed on.
   */
  private static boolean lockBOnly(
      Simulation sim, ValidatorId from, ValidatorId to, Optional<Message<?>> message) {
    return switch (message.orElse(null)) {
      case Proposal it -> it.round().value() > 0 || !to.equals(sim.id("d"));
      case Prevote(var vote) ->
          vote.vote().round().value() > 0
              || to.equals(sim.id("b"))
              || !isOneOf(sim, from, "a", "c")
              || (to.equals(sim.id("d")) && from.equals(sim.id("a")));
      case CertificateMessage(var it) -> it.type() == VoteType.COMMIT;
      case null, default -> true;
    };
  }

  /**
   * Of round 0, d gets neither the proposal nor c's prevote, and gives up; c's precommit reaches
   * nobody, and a's not c: all have heard a quorum of precommits, and nobody one for the block. Of
   * round 1 nobody gets c's prevote, so that d's is needed.
   */
  private static boolean giveUpRoundZero(
      Simulation sim, ValidatorId from, ValidatorId to, Optional<Message<?>> message) {
    boolean ofC = from.equals(sim.id("c"));
    return switch (message.orElse(null)) {
      case Proposal it -> it.round().value() > 0 || !to.equals(sim.id("d"));
      case Prevote(var vote) ->
          !ofC
              || vote.vote().round().value() > 1
              || (vote.vote().round().value() == 0 && !to.equals(sim.id("d")));
      case Precommit(var vote) ->
          vote.vote().round().value() > 0
              || !(ofC || (from.equals(sim.id("a")) && to.equals(sim.id("c"))));
      // It holds the precommits with which its sender gave up.
      case Justification it -> it.round().value() > 0;
      case null, default -> true;
    };
  }

  /** No polka comes to d before it has had a proposal that names one for a while. */
  private static boolean withoutPolka(
      Simulation sim, ValidatorId to, Optional<Message<?>> message, Map<Height, Instant> again) {
    var now = sim.universe().now();
    if (to.equals(sim.id("d")) && message.orElse(null) instanceof Proposal it) {
      it.validRound().ifPresent(_ -> again.putIfAbsent(it.height(), now));
    }
    if (to.equals(sim.id("d"))
        && message.orElse(null) instanceof CertificateMessage(var it)
        && it.type() == VoteType.PREPARE) {
      var since = again.get(it.height());
      return since != null && now.isAfter(since.plusMillis(50));
    }
    return true;
  }

  private static void noteDecisionsOfEarlierRounds(
      Observation observation, Map<ValidatorId, Integer> rounds, Set<Height> late) {
    if (observation instanceof Observation.Turned it) {
      rounds.put(it.node(), it.status().engine().round().value());
    } else if (observation instanceof Observation.Stepped step) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Commit<?>(var block, var commit)
            && !(step.event() instanceof Event.Synced<?>)
            && commit.round().value() < rounds.getOrDefault(step.node(), 0)) {
          late.add(block.height());
        }
      }
    }
  }

  /** A precommit of b in round 0 of a height where a and c gave round 0 up, and none is decided. */
  private Optional<Vote> hiddenLock(Simulation sim) {
    var precommits = new ArrayList<Vote>();
    for (var name : List.of("a", "c")) {
      precommits.addAll(votesOf(sim, name, VoteType.COMMIT));
    }
    return locksOf(sim, "b").stream()
        .filter(
            lock ->
                precommits.stream()
                        .filter(it -> isAt(it, lock.height(), 0) && it.blockId().isNone())
                        .count()
                    == 2)
        .findFirst();
  }

  /** Of a validator, the precommits for blocks in round 0 since the first second. */
  private List<Vote> locksOf(Simulation sim, String name) {
    return votesOf(sim, name, VoteType.COMMIT).stream()
        .filter(it -> it.round().value() == 0 && !it.blockId().isNone())
        .toList();
  }

  private List<Vote> votesOf(Simulation sim, String name, VoteType type) {
    return stepsOf(sim, name).stream()
        .flatMap(it -> votesIn(it).stream())
        .filter(it -> it.type() == type)
        .toList();
  }

  /** Since the first second. */
  private List<Observation.Stepped> stepsOf(Simulation sim, String name) {
    var since = Simulation.BEGINNING.plusSeconds(1);
    return watch.steps.stream()
        .filter(it -> it.node().equals(sim.id(name)) && it.at().isAfter(since))
        .toList();
  }

  private static List<Vote> votesIn(Observation.Stepped step) {
    var votes = new ArrayList<Vote>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message)) {
        if (message instanceof Prevote(var vote)) {
          votes.add(vote.vote());
        } else if (message instanceof Precommit(var vote)) {
          votes.add(vote.vote());
        }
      }
    }
    return votes;
  }

  private static boolean isAt(Vote vote, Height height, int round) {
    return vote.height().equals(height) && vote.round().value() == round;
  }

  private static BlockId decided(Simulation sim, Height height) {
    return sim.node("b").chain().block(height).orElseThrow().block().id();
  }

  private static boolean isOneOf(Simulation sim, ValidatorId id, String... names) {
    return List.of(names).contains(sim.nameOf(id));
  }

  private static Optional<Message<?>> messageIn(Simulation sim, Bytes frame) {
    return sim.universe().messageIn(frame);
  }
}
