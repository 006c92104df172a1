package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.CHAIN;
import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is repeated, and how peers that are behind are helped. */
final class ExchangeTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block X2 = block(2, X.id(), FOUR.id("b"), "x2");

  @Test
  void repeatsItsLastVotesAndThePolkaOfItsValidBlock() {
    var c = Replica.awake("c").propose("a", 0, X).prevotes("abd", 0, X);
    c.effects();

    var repeated = broadcast(c.fire(Periodic.REBROADCAST).effects());

    assertThat(repeated)
        .extracting(it -> (Object) it.getClass())
        .containsExactly(Prevote.class, Precommit.class, CertificateMessage.class, Status.class);
    assertThat(repeated).allMatch(it -> it.signRequests(CHAIN).isEmpty());
  }

  @Test
  void onEnteringARoundItSendsWhatLetItEnter() {
    var c = Replica.awake("c").propose("a", 0, X).nilPrecommits("abd", 0);
    c.effects();

    c.timeout(Step.PRECOMMIT, 0);

    assertThat(broadcast(c.effects()))
        .filteredOn(Justification.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(Justification.class, it -> assertThat(it.votes()).hasSize(3));
  }

  @Test
  void aJustificationLetsOthersFollow() {
    var votes =
        List.of("a", "b", "d").stream()
            .map(it -> Validators.vote(VoteType.COMMIT, 0, 1, Optional.empty(), FOUR.id(it)))
            .toList();
    var c = Replica.awake("c").receive("d", new Justification(votes));

    assertThat(c.timeout(Step.PRECOMMIT, 0).round()).isEqualTo(1);
  }

  @Test
  void whoIsAtADecidedHeightGetsItsCommitOnceABeat() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");
    c.effects();

    c.receive("d", status(1, 0)).receive("d", status(1, 0)).nilPrevotesAt("d", 1, 1);

    assertThat(c.effects())
        .containsExactly(
            new Effect.Send<>(
                FOUR.id("d"),
                new CertificateMessage(FOUR.certificate(VoteType.COMMIT, 0, X, "abd"))));
    c.fire(Periodic.STATUS).effects();
    assertThat(c.nilPrevotesAt("d", 1, 1).effects()).anyMatch(Effect.Send.class::isInstance);
  }

  @Test
  void whoIsFartherBehindLearnsWhereWeAre() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");
    c.commit("a", 0, X2, "abd").propose("b", 0, X2).effects();
    assertThat(c.height()).isEqualTo(3);

    assertThat(c.receive("d", status(1, 0)).effects())
        .containsExactly(
            new Effect.Send<>(
                FOUR.id("d"), new Status(new Height(3), Round.ZERO, Step.PROPOSE, false)));
  }

  @Test
  void whoIsFarBehindFetchesTheBlocksBetween() {
    var c = Replica.fresh("c");
    c.effects();

    assertThat(c.receive("d", status(5, 0)).effects())
        .containsExactly(new Effect.FetchCommitted<>(FOUR.id("d"), new Height(1), new Height(4)));
  }

  @Test
  void whoIsOneBehindWaitsABeatForTheLiveMessages() {
    var c = Replica.fresh("c");
    c.effects();
    assertThat(c.receive("d", status(2, 0)).effects()).isEmpty();

    c.fire(Periodic.STATUS).effects();

    assertThat(c.receive("d", status(2, 0)).effects())
        .anyMatch(Effect.FetchCommitted.class::isInstance);
  }

  @Test
  void aPeerThatStillLacksTheProposalGetsItFromTheProposerFirst() {
    var a = Replica.awake("a");
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();
    for (var it : List.of(a, c)) {
      assertThat(it.receive("d", status(1, 0)).effects()).isEmpty();
    }

    assertThat(sentProposals(a.receive("d", status(1, 0)))).isEqualTo(1);
    assertThat(sentProposals(c.receive("d", status(1, 0)))).isZero();
    assertThat(sentProposals(c.receive("d", status(1, 0)))).isEqualTo(1);
  }

  @Test
  void whoAsksForTheProposalWithoutEndGetsItOnceABeat() {
    var c = Replica.awake("c").propose("a", 0, X);
    for (int i = 0; i < 3; i++) {
      c.receive("d", status(1, 0));
    }
    assertThat(sentProposals(c)).isEqualTo(1);

    for (int i = 0; i < 100; i++) {
      c.receive("d", status(1, 0));
    }
    assertThat(sentProposals(c)).isZero();
    assertThat(sentProposals(c.fire(Periodic.REBROADCAST).receive("d", status(1, 0)))).isEqualTo(1);
  }

  @Test
  void whoConnectsLearnsWhereWeAre() {
    var c = Replica.fresh("c");
    c.effects();

    assertThat(c.step(new Event.PeerConnected<>(FOUR.id("d"))).effects())
        .containsExactly(new Effect.Send<>(FOUR.id("d"), status(1, 0)));
  }

  @Test
  void aBodyThatDoesNotComeIsAskedForAgainEachBeat() {
    var c = Replica.awake("c").commit("d", 0, X, "abd");
    assertThat(fetches(c)).isEqualTo(1);
    c.nilPrevotes("a", 0);
    assertThat(fetches(c)).isZero();

    c.fire(Periodic.REBROADCAST);

    assertThat(fetches(c)).isEqualTo(1);
  }

  @Test
  void aPairOfConflictingVotesIsAccusedOnce() {
    var c = Replica.awake("c").prevotes("d", 0, X);
    c.effects();

    assertThat(c.nilPrevotes("d", 0).effects()).anyMatch(Effect.Accuse.class::isInstance);
    assertThat(c.nilPrevotes("d", 0).effects()).isEmpty();
  }

  @Test
  void votesOfAFarHeightAreIgnored() {
    var c = Replica.awake("c");

    assertThat(c.nilPrevotesAt("d", 3, 0).effects())
        .containsExactly(new Effect.Ignored<>(FOUR.id("d"), "message of a far height"));
  }

  @Test
  void ofTheNextHeightAFewMessagesOfEachPeerAreKept() {
    var c = Replica.awake("c");
    for (int round = 0; round < NextHeight.KEPT_PER_PEER; round++) {
      assertThat(c.nilPrevotesAt("d", 2, round).effects()).isEmpty();
    }

    assertThat(c.nilPrevotesAt("d", 2, 99).effects())
        .containsExactly(
            new Effect.Ignored<>(
                FOUR.id("d"), "message of the next height for which there is no room"));
  }

  private static long fetches(Replica replica) {
    return replica.effects().stream().filter(Effect.FetchBlock.class::isInstance).count();
  }

  private static long sentProposals(Replica replica) {
    return replica.effects().stream()
        .filter(it -> it instanceof Effect.Send<?>(_, Proposal _))
        .count();
  }

  private static Status status(long height, int round) {
    return new Status(new Height(height), new Round(round), Step.PROPOSE, false);
  }

  private static List<TendermintMessage> broadcast(List<Effect<TendermintMessage>> effects) {
    return effects.stream()
        .filter(Effect.Broadcast.class::isInstance)
        .map(it -> ((Effect.Broadcast<TendermintMessage>) it).message())
        .toList();
  }
}
