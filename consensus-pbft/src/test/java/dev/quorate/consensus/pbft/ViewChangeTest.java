package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.Validators.CHAIN;
import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.complain;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.newView;
import static dev.quorate.consensus.pbft.ViewChanges.prepared;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static dev.quorate.consensus.pbft.ViewChanges.timer;
import static dev.quorate.consensus.pbft.ViewChanges.withSigners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R8 to R11, R14 and R17: why a view is left, and how; b is the primary of view 1, c of view 2. */
class ViewChangeTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 3);
  private final Replica b = Replica.fresh("b");
  private final Replica c = Replica.fresh("c");

  @Test
  void anImpatientReplicaOnlyComplains() {
    c.work(1, false).fire(PbftTimer.VIEW);

    assertThat(c.said()).containsExactly("complain v0");
    c.prepares("a", 0, chain.get(0)).propose("a", 0, chain.get(0));
    assertThat(c.said()).containsExactly("prepare h1");
  }

  @Test
  void aWeakQuorumOfComplaintsMakesItLeave() {
    complain("a", c);
    assertThat(c.said()).isEmpty();

    complain("d", c);

    assertThat(c.said()).containsExactly("view-change v1");
  }

  @Test
  void complaintsAboutAnotherViewDoNotCount() {
    c.receive("a", new Complain(new View(1), Complain.Reason.NO_PROGRESS));
    c.receive("d", new Complain(new View(1), Complain.Reason.NO_PROGRESS));

    assertThat(c.said()).isEmpty();
  }

  @Test
  void oldComplaintsDoNotCount() {
    complain("a", c);
    for (int beat = 0; beat < 7; beat++) {
      c.receive("a", status(0)).fire(PbftTimer.HEARTBEAT);
    }
    c.effects();

    complain("d", c);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void complainsOfASilentPrimaryAlsoWhenIdle() {
    for (int beat = 0; beat < 4; beat++) {
      c.receive("b", status(0)).receive("d", status(0)).fire(PbftTimer.HEARTBEAT);
    }

    assertThat(c.said()).containsExactly("complain v0");
  }

  @Test
  void twoProposalsOfThePrimaryForOneHeightMakeItLeaveAtOnce() {
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");

    c.propose("a", 0, chain.get(0)).propose("a", 0, other);

    assertThat(c.said()).containsExactly("prepare h1", "conflict v0", "view-change v1");
  }

  @Test
  void repeatsTheProofOfAnEquivocationWithItsViewChange() {
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");
    c.propose("a", 0, chain.get(0)).propose("a", 0, other).effects();

    c.fire(PbftTimer.RESEND);
    assertThat(c.said()).containsExactly("view-change v1", "conflict v0");
    c.receive("b", newView(1, null, "a", "b", "d")).fire(PbftTimer.RESEND);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void givesNothingInTheOldViewAfterItsViewChange() {
    leaveForView1(c);
    c.effects();

    c.propose("a", 0, chain.get(0)).prepares("abd", 0, chain.get(0));

    assertThat(c.said()).isEmpty();
  }

  @Test
  void stillDeliversByCommitsOfTheOldViewAfterItsViewChange() {
    c.propose("a", 0, chain.get(0));
    leaveForView1(c);
    c.effects();

    c.commits("abd", 0, chain.get(0));

    assertThat(NormalCaseTest.delivered(c.effects())).containsExactly(1L);
  }

  @Test
  void joinsTheSmallestOfTheViewsThatAWeakQuorumWants() {
    c.receive("a", claim("a", 7, Optional.empty()));
    assertThat(c.said()).isEmpty();

    c.receive("d", claim("d", 3, Optional.empty()));

    assertThat(c.said()).containsExactly("view-change v3");
  }

  @Test
  void ignoresAViewChangeThatAnotherValidatorRelays() {
    c.receive("a", claim("d", 3, Optional.empty()));
    c.receive("b", claim("d", 3, Optional.empty()));

    assertThat(c.said()).isEmpty();
  }

  @Test
  void aViewChangeWithAnInsufficientCertificateMustNotShadowAValidOne() {
    var whole = NormalCaseTest.certificate(VoteType.PREPARE, 0, chain.get(0));
    var part = withSigners(whole, whole.signers().subList(0, 2));
    leaveForView1(b);
    b.effects();
    b.receive("d", claim("d", 1, Optional.of(part)));

    b.receive("d", claim("d", 1, Optional.empty()));
    b.receive("c", claim("c", 1, Optional.empty()));

    assertThat(b.said()).contains("new-view v1");
  }

  @Test
  void aClaimToHaveDeliveredWithoutACommitNamesNoHeightToFetchUpTo() {
    var id = Validators.FOUR.id("d");
    var absurd = new BlockRef(new Height(Long.MAX_VALUE), BlockId.NONE);
    var claim = new Claim(new View(1), id, Optional.empty(), absurd);
    var signed = new SignedClaim(claim, Validators.signature(id, claim.signBytes(CHAIN)));

    c.receive("d", new ViewChange(signed, Optional.empty(), Optional.empty()));
    c.receive("a", claim("a", 1, Optional.empty()));

    assertThat(c.said()).isEmpty();
    assertThat(c.effects()).noneMatch(Effect.FetchCommitted.class::isInstance);
  }

  @Test
  void aCertificateOfAHigherViewIsATicketToIt() {
    c.propose("a", 0, chain.get(0)).effects();

    c.receive("d", new CertificateMessage(prepared(5, chain.get(0))));

    assertThat(c.engine().status().round().value()).isEqualTo(5);
    assertThat(c.said()).contains("commit h1");
  }

  @Test
  void aTicketBelowItsPendingViewIsNone() {
    leaveForView1(c);
    c.receive("a", claim("a", 9, Optional.empty())).receive("d", claim("d", 9, Optional.empty()));
    c.effects();

    c.receive("d", new CertificateMessage(prepared(5, chain.get(0))));

    assertThat(c.engine().status().active()).isFalse();
  }

  @Test
  void theTimerOfAViewStartsOnceAQuorumWantsItOrAHigherOne() {
    leaveForView1(c);
    c.receive("a", claim("a", 1, Optional.empty()));
    c.effects();

    c.receive("d", claim("d", 4, Optional.empty()));

    assertThat(c.effects()).contains(timer(PbftTimer.VIEW));
  }

  @Test
  void asksForTheNextViewWhenNoNewViewCameInTime() {
    leaveForView1(c);
    c.receive("a", claim("a", 1, Optional.empty())).receive("d", claim("d", 1, Optional.empty()));
    c.effects();

    c.fire(PbftTimer.VIEW);

    assertThat(c.said()).containsExactly("view-change v2");
  }

  @Test
  void repeatsItsViewChangeUntilItIsInTheView() {
    leaveForView1(c);
    c.effects();

    c.fire(PbftTimer.RESEND);

    assertThat(c.said()).containsExactly("view-change v1");
  }

  @Test
  void aRestartFindsThePendingViewAndRepeatsTheClaim() {
    c.propose("a", 0, chain.get(0)).prepares("ab", 0, chain.get(0));
    leaveForView1(c);
    var before = c.effects();
    var claim = Optional.<PbftMessage>empty();
    for (var effect : before) {
      if (effect instanceof Effect.Broadcast<PbftMessage>(ViewChange change)) {
        claim = Optional.of(change);
      }
    }

    var again = Replica.restored("c", Replica.lastState(before), List.of(chain.get(0)));

    assertThat(again.broadcasts()).containsExactly(claim.orElseThrow());
    again.propose("a", 0, chain.get(1));
    assertThat(again.said()).isEmpty();
  }

  @Test
  void twoPreparesOfThePrimaryForOneBlockAreNoReasonToLeave() {
    var block = chain.get(0);
    var vote = Validators.vote(VoteType.PREPARE, 0, block, Validators.FOUR.id("a")).vote();
    var later =
        new Vote(
            vote.type(),
            vote.height(),
            vote.round(),
            vote.blockId(),
            vote.timestamp().plusMillis(1),
            vote.validator());
    c.propose("a", 0, block);

    c.receive("a", new Prepare(SignedVote.unsigned(later)));

    assertThat(c.effects()).anyMatch(Effect.Accuse.class::isInstance);
    assertThat(c.engine().status().active()).isTrue();
  }

  @Test
  void goesWhereACertificateAdmitsItBeforeItJoinsALowerView() {
    c.propose("a", 0, chain.get(0)).receive("a", claim("a", 3, Optional.empty())).effects();

    c.receive("d", claim("d", 6, Optional.of(prepared(5, chain.get(0)))));

    assertThat(c.engine().status().round().value()).isEqualTo(5);
    assertThat(c.said()).containsExactly("commit h1");
  }

  @Test
  void noLongerComplainsOnceNothingIsPending() {
    c.work(1, false).fire(PbftTimer.VIEW).work(0, false).effects();

    c.fire(PbftTimer.RESEND);

    assertThat(c.said()).isEmpty();
  }
}
