package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.NormalCaseTest.certificate;
import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.complain;
import static dev.quorate.consensus.pbft.ViewChanges.newView;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R8 and R8b: how long a reason to complain lasts; we are c. */
class ComplaintTest {
  private static final Hash STARVED = Hash.sha256(Bytes.utf8("passed over"));

  private final Replica c = Replica.fresh("c");
  private final List<Block> chain = NormalCaseTest.chain("x", 3);

  @Test
  void aComplaintWhoseReasonIsGoneCountsNoMore() {
    hears(List.of("b", "d"), 4);
    c.receive("a", status(0));
    assertThat(c.said()).containsExactly("complain v0");

    complain("d", c);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void anOwnComplaintThatComesBackAfterItsReasonIsGoneCountsNoMore() {
    hears(List.of("b", "d"), 4);
    c.receive("a", status(0));
    assertThat(c.said()).containsExactly("complain v0");
    complain("c", c);

    complain("d", c);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void whoHearsTooFewDoesNotComplainOfTheSilenceOfThePrimary() {
    hears(List.of("d"), 8);
    assertThat(c.said()).isEmpty();

    hears(List.of("b", "d"), 4);

    assertThat(c.said()).containsExactly("complain v0");
  }

  @Test
  void aComplaintAndALeaverTogetherAreAWeakQuorum() {
    c.receive("a", claim("a", 3, Optional.empty()));
    assertThat(c.said()).isEmpty();

    complain("d", c);

    assertThat(c.said()).containsExactly("view-change v1");
  }

  @Test
  void aLeaverWhoComplainedBeforeCountsOnce() {
    complain("a", c);

    c.receive("a", claim("a", 1, Optional.empty()));

    assertThat(c.said()).isEmpty();
  }

  private void hears(List<String> names, int beats) {
    for (int beat = 0; beat < beats; beat++) {
      names.forEach(name -> c.receive(name, status(0)));
      c.fire(PbftTimer.HEARTBEAT);
    }
  }

  @Test
  void complainsOfAStarvedTransactionByName() {
    c.step(starved(0));

    assertThat(c.broadcasts()).containsExactly(Complain.ofStarved(View.ZERO, STARVED));
  }

  @Test
  void repeatsTheComplaintUntilTheTransactionIsOrdered() {
    c.step(starved(0)).effects();
    c.fire(PbftTimer.RESEND);
    assertThat(c.said()).containsExactly("complain v0");

    c.work(1, false).fire(PbftTimer.RESEND);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void whatStarvedInAnotherViewIsNoReasonInThisOne() {
    c.step(starved(0)).receive("b", newView(1, null, "a", "b", "d")).effects();

    c.step(starved(0)).fire(PbftTimer.RESEND);
    assertThat(c.said()).isEmpty();
    c.step(starved(1));

    assertThat(c.said()).containsExactly("complain v1");
  }

  @Test
  void onlyAComplaintOfAStarvedTransactionNamesOne() {
    assertThatThrownBy(() -> new Complain(View.ZERO, Complain.Reason.STARVED_TRANSACTION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Complain(View.ZERO, Complain.Reason.NO_PROGRESS, Optional.of(STARVED)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInvalidBlockIsNoReasonAnyMoreOnceItsHeightIsDelivered() {
    c.propose("a", 0, Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "invalid"));
    assertThat(c.said()).containsExactly("complain v0");

    c.step(new Event.Synced<>(chain.get(0), certificate(VoteType.COMMIT, 0, chain.get(0))));
    c.effects();
    c.fire(PbftTimer.RESEND);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void aReplicaOnTheLosingBranchOfAnEquivocatorProvesItAndLeaves() {
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");
    var child = Validators.block(2, other.id(), Validators.FOUR.id("a"), "child");
    c.propose("a", 0, other).propose("a", 0, child).effects();

    c.receive("d", new CertificateMessage(certificate(VoteType.PREPARE, 0, chain.get(0))));

    assertThat(c.effects()).anyMatch(Effect.Accuse.class::isInstance);
    assertThat(c.engine().status().active()).isFalse();
  }

  @Test
  void aProposalThatContradictsAKnownCertificateProvesTheEquivocationToo() {
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");
    c.receive("d", new CertificateMessage(certificate(VoteType.PREPARE, 0, chain.get(0))));
    c.effects();

    c.propose("a", 0, other);

    assertThat(c.said()).containsExactly("conflict v0", "view-change v1");
  }

  private static Event<PbftMessage> starved(int view) {
    var starved = Optional.of(new Work.Starved(STARVED, new Round(view)));
    return new Event.WorkPending<>(new Work(1, false, 1, starved));
  }
}
