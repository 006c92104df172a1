package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * What can still matter: nothing out of reach, no vote where the quorum is complete, no proposal
 * that is here already. Another proposal for a slot that has one is wanted: it accuses the primary.
 */
record PbftFilter(
    View view,
    View pending,
    boolean active,
    Height low,
    int lookahead,
    int validators,
    Map<Height, Progress> slots)
    implements MessageFilter<PbftMessage> {

  /** How far a slot is. */
  record Progress(Optional<BlockId> proposal, boolean prepared, boolean committed) {}

  static PbftFilter of(ReplicaState state) {
    var slots = new HashMap<Height, Progress>();
    for (var slot : state.window.ascending()) {
      slots.put(
          slot.height(),
          new Progress(
              slot.proposal().map(message -> message.block().id()),
              slot.preparedCertificate(state.view()).isPresent(),
              slot.commitCertificate().isPresent()));
    }
    return new PbftFilter(
        state.view(),
        state.pending(),
        state.isActive(),
        state.committed().height(),
        state.parameters.lookahead(),
        state.validators.size(),
        slots);
  }

  @Override
  public boolean wants(PbftMessage message) {
    return switch (message) {
      case PrePrepare it -> wantsProposal(it);
      case Prepare(var vote) -> wantsPrepare(vote);
      case Commit(var vote) -> isInReach(vote.vote().height()) && !isCommitted(vote);
      case CertificateMessage(var certificate) -> wantsCertificate(certificate);
      case Status status -> true;
      case Complain complain -> active && complain.view().equals(view);
      case Conflict(var first, var second) -> active && View.of(first.vote().round()).equals(view);
      case ViewChange change -> change.claim().newView().isAbove(view);
      case NewView newView -> wantsNewView(newView);
    };
  }

  /** One with more claims than validators is invalid: its signatures are not worth verifying. */
  private boolean wantsNewView(NewView newView) {
    boolean awaited =
        newView.view().isAbove(pending) || (!active && newView.view().equals(pending));
    return awaited && newView.claims().size() <= validators && haveDistinctClaimants(newView);
  }

  private static boolean haveDistinctClaimants(NewView newView) {
    var claimants = new HashSet<ValidatorId>();
    return newView.claims().stream().allMatch(it -> claimants.add(it.claim().claimant()));
  }

  /** Of a delivered height only what admits to another view. */
  private boolean wantsCertificate(Certificate certificate) {
    var its = View.of(certificate.round());
    boolean ticket = its.isAbove(view) && !pending.isAbove(its);
    boolean delivered = !certificate.height().isAbove(low);
    return isInReach(certificate.height()) || (delivered && ticket);
  }

  private boolean wantsProposal(PrePrepare message) {
    var block = message.block();
    var progress = slots.get(block.height());
    boolean known = progress != null && progress.proposal().filter(block.id()::equals).isPresent();
    boolean current = active && message.view().equals(view) && !known;
    boolean early = message.view().isAbove(view) && !pending.isAbove(message.view());
    return isInReach(block.height()) && (current || early);
  }

  private boolean wantsPrepare(SignedVote signed) {
    var vote = signed.vote();
    var progress = slots.get(vote.height());
    int order = View.of(vote.round()).compareTo(view);
    boolean prepared = order == 0 && progress != null && progress.prepared();
    return isInReach(vote.height()) && order >= 0 && !prepared;
  }

  private boolean isCommitted(SignedVote vote) {
    var progress = slots.get(vote.vote().height());
    return progress != null && progress.committed();
  }

  private boolean isInReach(Height height) {
    return height.isAbove(low) && !height.isAbove(low.plus(lookahead));
  }
}
