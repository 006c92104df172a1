package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What other validators say around a view change: complaints, claims, openings. */
final class ViewChanges {
  private ViewChanges() {}

  static void complain(String name, Replica to) {
    to.receive(name, new Complain(View.ZERO, Complain.Reason.SILENT_PRIMARY));
  }

  static void leaveForView1(Replica replica) {
    complain("a", replica);
    complain("d", replica);
  }

  static Status status(int view) {
    return new Status(new View(view), true, new View(view), new Height(0), List.of());
  }

  static Certificate prepared(int view, Block block) {
    return NormalCaseTest.certificate(VoteType.PREPARE, view, block);
  }

  static PbftMessage claim(String name, int newView, Optional<Certificate> high) {
    var id = Validators.FOUR.id(name);
    var genesis = new BlockRef(new Height(0), BlockId.NONE);
    var claim = new Claim(new View(newView), id, high.map(Claim.High::of), genesis);
    var signature = Validators.signature(id, claim.signBytes(Validators.CHAIN));
    return new ViewChange(new SignedClaim(claim, signature), high, Optional.empty());
  }

  static List<SignedClaim> claims(int view, String... names) {
    var claims = new ArrayList<SignedClaim>();
    for (var name : names) {
      claims.add(((ViewChange) claim(name, view, Optional.empty())).signed());
    }
    return claims;
  }

  /** b's opening of a view on a block that one of the claims has a prepared certificate for. */
  static PbftMessage newView(int view, @Nullable Block tip, String... claimants) {
    var claims = new ArrayList<>(claims(view, claimants));
    if (tip == null) {
      return signedNewView(view, claims, Optional.empty(), Optional.empty());
    }
    var certificate = prepared(0, tip);
    var last = claimants[claimants.length - 1];
    claims.removeLast();
    claims.add(((ViewChange) claim(last, view, Optional.of(certificate))).signed());
    var vote = Validators.vote(VoteType.PREPARE, view, tip, primaryOf(view));
    return signedNewView(view, claims, Optional.of(certificate), Optional.of(vote));
  }

  static PbftMessage signedNewView(
      int view,
      List<SignedClaim> claims,
      Optional<Certificate> certificate,
      Optional<SignedVote> tip) {
    return new NewView(
        new View(view), primaryOf(view), claims, certificate, tip, Signature.UNSIGNED);
  }

  static ValidatorId primaryOf(int view) {
    return Validators.FOUR.all().get(view % 4);
  }

  static NewView newViewOf(List<PbftMessage> messages) {
    return messages.stream()
        .filter(NewView.class::isInstance)
        .map(NewView.class::cast)
        .findFirst()
        .orElseThrow();
  }

  static Certificate withSigners(Certificate certificate, List<Certificate.Signer> signers) {
    return new Certificate(
        certificate.type(),
        certificate.height(),
        certificate.round(),
        certificate.blockId(),
        certificate.timestamp(),
        signers);
  }

  /** What starts this timer in view 1, with the defaults. */
  static Effect<PbftMessage> timer(PbftTimer timer) {
    var parameters = PbftParameters.of(new TreeMap<>());
    var delay =
        timer == PbftTimer.FETCH ? parameters.firstTimeout().dividedBy(2) : parameters.timeout(1);
    return new Effect.StartTimer<>(timer, delay);
  }
}
