package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The new primary's part (R12, R15): from a quorum of claims to a NewView. */
final class NewViewMaker {
  private final ReplicaState state;
  private final Bodies bodies;
  private final Intake intake;
  private final ViewChangeBook book;
  private final Set<ValidatorId> leftOut = new HashSet<>();
  private boolean fetching;

  NewViewMaker(ReplicaState state, Bodies bodies, Intake intake, ViewChangeBook book) {
    this.state = state;
    this.bodies = bodies;
    this.intake = intake;
    this.book = book;
  }

  /** Another view is wanted: claims that were left out may serve again. */
  void reset() {
    leftOut.clear();
    stopFetching();
  }

  /**
   * R15: the bodies that the highest claim needs did not come in time, so claims to it are left out
   * if the others are a quorum; if not, there is nothing better than to go on asking.
   */
  void giveUpOnBodies() {
    if (!fetching) {
      return;
    }
    fetching = false;
    var high = highest().map(Rank::of);
    var others = usable().stream().filter(it -> !it.high().map(Rank::of).equals(high)).toList();
    if (isQuorum(others)) {
      for (var change : usable()) {
        if (!others.contains(change)) {
          leftOut.add(change.claim().claimant());
        }
      }
    }
  }

  /** Opens the pending view if that is this replica's to do and all it needs is here. */
  boolean open() {
    if (state.isActive() || !state.primaryOf(state.pending()).equals(state.self)) {
      return false;
    }
    var changes = usable();
    if (!isQuorum(changes)) {
      return false;
    }
    var highest = highest();
    if (highest.isEmpty()) {
      enter(state.committed(), false, highest, changes);
      return true;
    }
    var tip = BlockRef.of(highest.get());
    if (!tip.height().isAbove(state.committed().height())) {
      enter(tip, false, highest, changes);
      return true;
    }
    if (!bodies.holdChainOf(tip)) {
      fetch();
      return false;
    }
    enter(tip, true, highest, changes);
    return true;
  }

  /** The own NewView came back with its signatures: this is what others are given. */
  void signed(NewView message) {
    if (state.isActive() && message.view().equals(state.view())) {
      state.enteredBy(message);
      message.tip().ifPresent(intake::onTip);
    }
  }

  private void enter(
      BlockRef base, boolean withTip, Optional<Certificate> highest, List<ViewChange> changes) {
    stopFetching();
    state.enter(state.pending(), base, withTip, Optional.empty());
    Optional<SignedVote> tip =
        state.isTipDue() ? state.window.candidate(base).map(state::prepareTip) : Optional.empty();
    var opening =
        new NewView(
            state.view(),
            state.self,
            changes.stream().map(ViewChange::signed).toList(),
            highest,
            tip,
            Signature.UNSIGNED);
    // Saved unsigned: a crash before the signature is back must find these very bytes again.
    state.enteredBy(opening);
    state.out.broadcast(opening);
  }

  private boolean isQuorum(List<ViewChange> changes) {
    return state.validators.isQuorum(changes.stream().map(it -> it.claim().claimant()).toList());
  }

  private List<ViewChange> usable() {
    return book.forExactly(state.pending()).stream()
        .filter(it -> !leftOut.contains(it.claim().claimant()))
        .toList();
  }

  private Optional<Certificate> highest() {
    return usable().stream().flatMap(it -> it.high().stream()).max(Comparator.comparing(Rank::of));
  }

  private void fetch() {
    if (!fetching) {
      fetching = true;
      var patience = state.parameters.firstTimeout().dividedBy(2);
      state.out.add(new Effect.StartTimer<>(PbftTimer.FETCH, patience));
    }
  }

  private void stopFetching() {
    if (fetching) {
      fetching = false;
      state.out.add(new Effect.CancelTimer<>(PbftTimer.FETCH));
    }
  }
}
