package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.Validators.CHAIN;
import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.claims;
import static dev.quorate.consensus.pbft.ViewChanges.complain;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.newView;
import static dev.quorate.consensus.pbft.ViewChanges.newViewOf;
import static dev.quorate.consensus.pbft.ViewChanges.prepared;
import static dev.quorate.consensus.pbft.ViewChanges.signedNewView;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static dev.quorate.consensus.pbft.ViewChanges.withSigners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** R8 to R17 around a view change: b is the primary of view 1, c of view 2; we are c or b. */
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
  void thePrimaryOpensItsViewWithAQuorumOfClaims() {
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.empty()));
    assertThat(b.said()).doesNotContain("new-view v1");

    b.receive("d", claim("d", 1, Optional.empty()));

    assertThat(b.said()).containsExactly("new-view v1");
    assertThat(b.engine().status().active()).isTrue();
  }

  @Test
  void thePrimaryProposesTheHighestCertifiedTipAgainAndThenGoesOnAboveIt() {
    b.propose("a", 0, chain.get(0)).propose("a", 0, chain.get(1));
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.of(prepared(0, chain.get(0)))));
    b.receive("d", claim("d", 1, Optional.of(prepared(0, chain.get(1)))));

    var newView = newViewOf(b.broadcasts());

    assertThat(newView.certificate().map(Certificate::height)).contains(new Height(2));
    assertThat(newView.tip().map(it -> it.vote().blockId())).contains(chain.get(1).id());
    b.work(1, false).effects();
    b.prepares("cd", 1, chain.get(1)).commits("cd", 1, chain.get(1));
    assertThat(b.said()).contains("commit h1", "commit h2");
  }

  @Test
  void thePrimaryWaitsForTheBodiesOfTheTip() {
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.of(prepared(0, chain.get(0)))));
    b.receive("d", claim("d", 1, Optional.empty()));
    var effects = b.effects();
    assertThat(effects).anyMatch(Effect.FetchBlock.class::isInstance);
    assertThat(effects).contains(timer(PbftTimer.FETCH));

    b.step(new Event.BlockArrived<>(chain.get(0)));

    assertThat(b.said()).containsExactly("new-view v1");
  }

  @Test
  void aClaimWhoseBodiesDoNotComeIsLeftOutWhenAnotherQuorumIsThere() {
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.of(prepared(0, chain.get(0)))));
    b.receive("d", claim("d", 1, Optional.empty())).receive("a", claim("a", 1, Optional.empty()));
    b.effects();

    b.fire(PbftTimer.FETCH);

    assertThat(newViewOf(b.broadcasts()).certificate()).isEmpty();
  }

  @Test
  void aBackupEntersByANewViewAndPreparesItsTipFirst() {
    c.propose("a", 0, chain.get(0));
    c.effects();

    c.receive("b", newView(1, chain.get(0), "a", "b", "d"));

    assertThat(c.said()).containsExactly("prepare h1");
    assertThat(c.engine().status().round().value()).isEqualTo(1);
  }

  @Test
  void preparesNothingAboveTheTipBeforeTheTip() {
    c.receive("b", newView(1, chain.get(0), "a", "b", "d"));
    c.propose("b", 1, Validators.block(2, chain.get(0).id(), Validators.FOUR.id("b"), "y"));
    assertThat(c.said()).isEmpty();

    c.step(new Event.BlockArrived<>(chain.get(0)));

    assertThat(c.said()).containsExactly("prepare h1", "prepare h2");
  }

  @Test
  void aProposalThatOvertakesItsNewViewIsKept() {
    var fresh = Validators.block(1, BlockId.NONE, Validators.FOUR.id("b"), "fresh");
    c.propose("b", 1, fresh);
    assertThat(c.said()).isEmpty();

    c.receive("b", newView(1, null, "a", "b", "d"));

    assertThat(c.said()).containsExactly("prepare h1");
  }

  @Test
  void refusesANewViewThatOmitsTheHighestClaim() {
    var claims = new ArrayList<>(claims(1, "a", "b"));
    claims.add(((ViewChange) claim("d", 1, Optional.of(prepared(0, chain.get(0))))).signed());

    c.receive("b", signedNewView(1, claims, Optional.empty(), Optional.empty()));

    assertThat(c.engine().status().round().value()).isZero();
  }

  @Test
  void refusesANewViewWithTooFewOrDuplicateClaims() {
    var two = claims(1, "a", "b");
    var doubled = new ArrayList<>(two);
    doubled.add(two.getFirst());

    c.receive("b", signedNewView(1, two, Optional.empty(), Optional.empty()));
    c.receive("b", signedNewView(1, doubled, Optional.empty(), Optional.empty()));

    assertThat(c.engine().status().round().value()).isZero();
  }

  @Test
  void doesNotEvenWantANewViewWithMoreClaimsThanValidators() {
    var claims = new ArrayList<>(claims(1, "a", "b", "c", "d"));
    var full = signedNewView(1, claims, Optional.empty(), Optional.empty());
    claims.addAll(claims(1, "a"));
    var crowded = signedNewView(1, claims, Optional.empty(), Optional.empty());

    assertThat(c.engine().filter().wants(full)).isTrue();
    assertThat(c.engine().filter().wants(crowded)).isFalse();
  }

  @Test
  void doesNotEvenWantANewViewThatRepeatsAClaimant() {
    var twice = signedNewView(1, claims(1, "a", "b", "b"), Optional.empty(), Optional.empty());

    assertThat(c.engine().filter().wants(twice)).isFalse();
  }

  @Test
  void theClaimsOfANewViewThatIsRefusedStillCountForTheTimer() {
    leaveForView1(c);
    c.effects();
    var claims = claims(1, "a", "d");

    c.receive("b", signedNewView(1, claims, Optional.empty(), Optional.empty()));

    assertThat(c.engine().status().active()).isFalse();
    assertThat(c.effects()).contains(timer(PbftTimer.VIEW));
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
  void aPrimaryOfAFarViewCannotPushTheNextOnesProposalOut() {
    var next = Validators.block(1, BlockId.NONE, Validators.FOUR.id("b"), "next");
    var far = Validators.block(1, BlockId.NONE, Validators.FOUR.id("d"), "far");
    c.propose("b", 1, next).propose("d", 7, far);

    c.receive("b", newView(1, null, "a", "b", "d"));

    assertThat(c.said()).containsExactly("prepare h1");
  }

  @Test
  void goesOnAskingForBodiesWhenThereIsNoOtherQuorum() {
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.of(prepared(0, chain.get(0)))));
    b.receive("d", claim("d", 1, Optional.empty())).fire(PbftTimer.FETCH).effects();

    b.step(new Event.BlockArrived<>(chain.get(0)));

    assertThat(b.said()).containsExactly("new-view v1");
  }

  @Test
  void refusesANewViewOfSomebodyElse() {
    var claims = claims(1, "a", "b", "d");
    var forged =
        new NewView(
            new View(1),
            Validators.FOUR.id("d"),
            claims,
            Optional.empty(),
            Optional.empty(),
            Signature.UNSIGNED);

    c.receive("d", forged);

    assertThat(c.engine().status().round().value()).isZero();
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
  void givesAPeerThatIsBehindTheNewViewByWhichItEntered() {
    var newView = newView(1, null, "a", "b", "d");
    c.receive("b", newView).effects();

    c.receive("d", status(0));

    assertThat(c.effects())
        .contains(
            new Effect.Send<>(
                Validators.FOUR.id("d"),
                Validators.signed(Validators.FOUR.id("b"), newView).message()));
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

  @Test
  void aPrimaryWhoseProposalsCameToNothingStillProposes() {
    c.work(1, false);
    for (int view = 2; view < 30; view += 4) {
      for (var name : List.of("a", "b", "d")) {
        c.receive(name, claim(name, view, Optional.empty()));
      }

      assertThat(c.said()).contains("pre-prepare h1");
    }
  }

  private static Effect<PbftMessage> timer(PbftTimer timer) {
    var parameters = PbftParameters.of(new TreeMap<>());
    var delay =
        timer == PbftTimer.FETCH ? parameters.firstTimeout().dividedBy(2) : parameters.timeout(1);
    return new Effect.StartTimer<>(timer, delay);
  }
}
