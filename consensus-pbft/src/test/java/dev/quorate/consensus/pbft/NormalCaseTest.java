package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R1 to R5 and R14b, from the point of view of b, a backup, while a is the primary of view 0. */
class NormalCaseTest {
  private final Replica b = Replica.fresh("b");
  private final List<Block> chain = chain("x", 12);

  @Test
  void preparesTheProposalOfThePrimary() {
    b.propose("a", 0, chain.get(0));

    assertThat(b.said()).containsExactly("prepare h1");
  }

  @Test
  void persistsItsPrepareInTheStepThatBroadcastsIt() {
    b.propose("a", 0, chain.get(0));

    var effects = b.effects();
    int saved = indexOf(effects, Effect.Persist.class);
    assertThat(saved).isNotNegative();
    assertThat(saved).isLessThan(indexOf(effects, Effect.Broadcast.class, "prepare h1"));
  }

  @Test
  void ignoresAProposalOfABackup() {
    b.propose("c", 0, chain.get(0));

    assertThat(b.effects())
        .contains(
            new Effect.Ignored<>(Validators.FOUR.id("c"), "PRE-PREPARE not signed by the primary"))
        .noneMatch(Effect.CheckBlock.class::isInstance);
  }

  @Test
  void acceptsTheProposalOfThePrimaryFromWhoeverRelaysIt() {
    var vote = Validators.vote(VoteType.PREPARE, 0, chain.get(0), Validators.FOUR.id("a"));

    b.receive("d", new PrePrepare(chain.get(0), vote));

    assertThat(b.said()).containsExactly("prepare h1");
  }

  @Test
  void neverProcessesAProposalOfAnotherViewUnderItsOwn() {
    b.propose("b", 1, chain.get(0));

    assertThat(b.said()).isEmpty();
  }

  @Test
  void ignoresProposalsAndVotesOutOfReach() {
    b.propose("a", 0, chain.get(10)).commits("c", 0, chain.get(11));

    assertThat(b.effects())
        .filteredOn(Effect.Ignored.class::isInstance)
        .containsExactly(
            new Effect.Ignored<>(Validators.FOUR.id("a"), "PRE-PREPARE out of reach"),
            new Effect.Ignored<>(Validators.FOUR.id("c"), "vote out of reach"));
  }

  @Test
  void accusesAPrimaryThatProposesTwoBlocksForOneHeight() {
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");

    b.propose("a", 0, chain.get(0)).propose("a", 0, other);

    assertThat(b.effects()).filteredOn(Effect.Accuse.class::isInstance).hasSize(1);
  }

  @Test
  void complainsOfAnInvalidBlockAndPreparesNeitherItNorItsChildren() {
    var invalid = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "invalid");
    var child = Validators.block(2, invalid.id(), Validators.FOUR.id("a"), "child");

    b.propose("a", 0, invalid).propose("a", 0, child);

    assertThat(b.said()).containsExactly("complain v0");
  }

  @Test
  void doesNotPrepareAnUntimelyProposalButCommitsItWhenAQuorumDid() {
    b.at(chain.get(0).time().plus(Duration.ofMinutes(1)));
    b.propose("a", 0, chain.get(0));
    assertThat(b.said()).isEmpty();

    b.prepares("cd", 0, chain.get(0));

    assertThat(b.said()).containsExactly("commit h1");
  }

  @Test
  void preparesTheEarliestBlockThereCanBeOnAChainThatIsAheadOfItsClock() {
    var ahead = Validators.GENESIS_TIME.plus(Duration.ofMinutes(25));
    var first = proposed(1, BlockId.NONE, ahead);
    var second = proposed(2, first.id(), ahead.plusMillis(1));
    b.propose("a", 0, first);
    assertThat(b.said()).isEmpty();

    b.prepares("cd", 0, first).commits("acd", 0, first).propose("a", 0, second);

    assertThat(b.said()).containsExactly("commit h1", "prepare h2");
  }

  @Test
  void doesNotPrepareWhatRunsFurtherAheadOfItsClockThanItMust() {
    var ahead = Validators.GENESIS_TIME.plus(Duration.ofMinutes(25));
    var first = proposed(1, BlockId.NONE, ahead);
    b.propose("a", 0, first).prepares("cd", 0, first).commits("acd", 0, first);

    b.propose("a", 0, proposed(2, first.id(), ahead.plusMillis(2)));

    assertThat(b.said()).containsExactly("commit h1");
  }

  private static Block proposed(long height, BlockId parent, Instant time) {
    return Validators.block(height, parent, Validators.FOUR.id("a"), time, "ahead");
  }

  @Test
  void preparesInOrderOfHeight() {
    b.propose("a", 0, chain.get(2)).propose("a", 0, chain.get(1));
    assertThat(b.said()).isEmpty();

    b.propose("a", 0, chain.get(0));

    assertThat(b.said()).containsExactly("prepare h1", "prepare h2", "prepare h3");
  }

  @Test
  void preparesOnlyOnWhatItPreparedBefore() {
    var foreign = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "foreign");
    var child = Validators.block(2, foreign.id(), Validators.FOUR.id("a"), "child");

    b.propose("a", 0, chain.get(0)).propose("a", 0, child);

    assertThat(b.said()).containsExactly("prepare h1");
  }

  @Test
  void neverPreparesAboveTheHighWatermark() {
    chain.subList(0, 6).forEach(block -> b.propose("a", 0, block));

    assertThat(b.said()).containsExactly("prepare h1", "prepare h2", "prepare h3", "prepare h4");
  }

  @Test
  void commitsOnceAQuorumPrepared() {
    b.propose("a", 0, chain.get(0));
    assertThat(b.said()).containsExactly("prepare h1");

    b.prepares("c", 0, chain.get(0));

    assertThat(b.said()).containsExactly("commit h1");
  }

  @Test
  void aVoteDeliveredTwiceCountsOnce() {
    b.propose("a", 0, chain.get(0)).effects();

    b.prepares("a", 0, chain.get(0)).prepares("a", 0, chain.get(0));

    assertThat(b.said()).isEmpty();
  }

  @Test
  void ignoresAVoteThatAnotherValidatorRelays() {
    b.propose("a", 0, chain.get(0)).effects();
    var vote = Validators.vote(VoteType.PREPARE, 0, chain.get(0), Validators.FOUR.id("c"));

    b.receive("d", new Prepare(vote));

    assertThat(b.said()).isEmpty();
  }

  @Test
  void storesTheBodyAndTheCertificateInTheStepThatBroadcastsItsCommit() {
    b.propose("a", 0, chain.get(0)).effects();

    b.prepares("c", 0, chain.get(0));

    var effects = b.effects();
    assertThat(effects).contains(new Effect.Store<>(chain.get(0)));
    var saved = PbftStateCodec.decode(Replica.lastState(effects).orElseThrow());
    assertThat(saved.high().map(Certificate::blockId)).contains(chain.get(0).id());
    assertThat(saved.commits()).hasSize(1);
  }

  @Test
  void aPreparedCertificateMakesItCommitAllUndeliveredAncestors() {
    chain.subList(0, 3).forEach(block -> b.propose("a", 0, block));
    b.effects();

    b.prepares("c", 0, chain.get(2));

    assertThat(b.said()).containsExactly("commit h1", "commit h2", "commit h3");
  }

  @Test
  void deliversWithAQuorumOfCommits() {
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0)).effects();

    b.commits("ac", 0, chain.get(0));

    assertThat(delivered(b.effects())).containsExactly(1L);
  }

  @Test
  void deliversInOrderEvenWhenCommitsComeInAnother() {
    chain.subList(0, 2).forEach(block -> b.propose("a", 0, block));
    b.commits("acd", 0, chain.get(1));
    assertThat(delivered(b.effects())).isEmpty();

    b.commits("acd", 0, chain.get(0));

    assertThat(delivered(b.effects())).containsExactly(1L, 2L);
  }

  @Test
  void commitsOfAnotherViewDeliverToo() {
    b.propose("a", 0, chain.get(0)).effects();

    b.commits("acd", 3, chain.get(0));

    assertThat(delivered(b.effects())).containsExactly(1L);
  }

  @Test
  void commitsOfDifferentViewsDoNotAddUp() {
    b.propose("a", 0, chain.get(0)).effects();

    b.commits("ac", 3, chain.get(0)).commits("d", 2, chain.get(0));

    assertThat(delivered(b.effects())).isEmpty();
  }

  @Test
  void fetchesTheBodyThatACertificateNamesAndDeliversItThen() {
    b.commits("acd", 0, chain.get(0));
    assertThat(b.effects()).filteredOn(Effect.FetchBlock.class::isInstance).hasSize(1);

    b.step(new Event.BlockArrived<>(chain.get(0)));

    assertThat(delivered(b.effects())).containsExactly(1L);
  }

  @Test
  void asksForAParentThatIsMoreThanLate() {
    b.propose("a", 0, chain.get(1));
    b.fire(PbftTimer.HEARTBEAT);
    assertThat(b.effects()).noneMatch(Effect.FetchBlock.class::isInstance);
    b.fire(PbftTimer.HEARTBEAT);
    assertThat(b.effects()).filteredOn(Effect.FetchBlock.class::isInstance).hasSize(1);

    b.step(new Event.BlockArrived<>(chain.get(0))).prepares("acd", 0, chain.get(1));

    assertThat(b.said()).containsExactly("commit h1", "commit h2");
  }

  @Test
  void timelinessGrowsWithTheViewsSinceADeliveryNotWithTheNumberOfTheView() {
    b.step(new Event.Synced<>(chain.get(0), certificate(VoteType.COMMIT, 200, chain.get(0))));
    b.receive("c", new CertificateMessage(certificate(VoteType.PREPARE, 200, chain.get(0))));
    b.step(new Event.Synced<>(chain.get(1), certificate(VoteType.COMMIT, 200, chain.get(1))));
    b.at(chain.get(2).time().plus(Duration.ofMinutes(1))).effects();

    b.propose("a", 200, chain.get(2));

    assertThat(b.said()).isEmpty();
  }

  @Test
  void takesNoBodyThatItDidNotAskFor() {
    b.step(new Event.BlockArrived<>(chain.get(0))).commits("acd", 0, chain.get(0));

    assertThat(delivered(b.effects())).isEmpty();
  }

  @Test
  void haltsOnACertificateForABlockThatIsInvalidHere() {
    var invalid = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "invalid");
    b.propose("a", 0, invalid);

    b.commits("acd", 0, invalid);

    assertThat(b.effects()).anyMatch(Effect.Halt.class::isInstance);
    assertThat(b.engine().step(new Event.TimerFired<>(PbftTimer.HEARTBEAT))).isEmpty();
  }

  @Test
  void aSyncedBlockAboveItsPreparesBecomesTheBaseThatItVotesOnAgain() {
    b.propose("a", 0, chain.get(0)).effects();
    for (var block : chain.subList(0, 3)) {
      b.step(new Event.Synced<>(block, certificate(VoteType.COMMIT, 0, block)));
    }
    assertThat(delivered(b.effects())).containsExactly(1L, 2L, 3L);

    b.propose("a", 0, chain.get(3));

    assertThat(b.said()).containsExactly("prepare h4");
  }

  @Test
  void aCertificateCountsAsAWholeAndOnlyWithAQuorum() {
    b.propose("a", 0, chain.get(0)).effects();
    var whole = certificate(VoteType.PREPARE, 0, chain.get(0));
    var part =
        new Certificate(
            whole.type(),
            whole.height(),
            whole.round(),
            whole.blockId(),
            whole.timestamp(),
            whole.signers().subList(0, 2));

    b.receive("c", new CertificateMessage(part));
    assertThat(b.said()).isEmpty();
    b.receive("c", new CertificateMessage(whole));

    assertThat(b.said()).containsExactly("commit h1");
  }

  static List<Block> chain(String name, int length) {
    var blocks = new ArrayList<Block>();
    var parent = BlockId.NONE;
    for (int height = 1; height <= length; height++) {
      var block = Validators.block(height, parent, Validators.FOUR.id("a"), name + height);
      blocks.add(block);
      parent = block.id();
    }
    return blocks;
  }

  static Certificate certificate(VoteType type, int view, Block block) {
    var signers =
        List.of("a", "c", "d").stream()
            .map(Validators.FOUR::id)
            .map(
                id ->
                    new Certificate.Signer(id, Validators.vote(type, view, block, id).signature()))
            .toList();
    return new Certificate(
        type, block.height(), new View(view).round(), block.id(), block.time(), signers);
  }

  static List<Long> delivered(List<Effect<PbftMessage>> effects) {
    var heights = new ArrayList<Long>();
    for (var effect : effects) {
      if (effect instanceof Effect.Commit<PbftMessage>(var block, var certificate)) {
        assertThat(certificate.blockId()).isEqualTo(block.id());
        assertThat(certificate.hasQuorum(Validators.FOUR.set())).isTrue();
        heights.add(block.height().value());
      }
    }
    return heights;
  }

  private static int indexOf(List<Effect<PbftMessage>> effects, Class<?> type) {
    for (int i = 0; i < effects.size(); i++) {
      if (type.isInstance(effects.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(List<Effect<PbftMessage>> effects, Class<?> type, String said) {
    for (int i = 0; i < effects.size(); i++) {
      if (type.isInstance(effects.get(i))
          && effects.get(i) instanceof Effect.Broadcast<PbftMessage>(var message)
          && Replica.shortly(message).equals(said)) {
        return i;
      }
    }
    return -1;
  }
}
