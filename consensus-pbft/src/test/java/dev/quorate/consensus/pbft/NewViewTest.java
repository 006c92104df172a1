package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.claims;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.newView;
import static dev.quorate.consensus.pbft.ViewChanges.newViewOf;
import static dev.quorate.consensus.pbft.ViewChanges.prepared;
import static dev.quorate.consensus.pbft.ViewChanges.signedNewView;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static dev.quorate.consensus.pbft.ViewChanges.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * R12, R13, R15 and R17: how a view is opened and entered; b is the primary of view 1, we are b or
 * c.
 */
class NewViewTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 3);
  private final Replica b = Replica.fresh("b");
  private final Replica c = Replica.fresh("c");

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
  void aPrimaryWhoseProposalsCameToNothingStillProposes() {
    c.work(1, false);
    for (int view = 2; view < 30; view += 4) {
      for (var name : List.of("a", "b", "d")) {
        c.receive(name, claim(name, view, Optional.empty()));
      }

      assertThat(c.said()).contains("pre-prepare h1");
    }
  }
}
