package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Complain.Reason;
import java.util.EnumSet;

/**
 * Reasons to leave the view (R8), own ones and those of others (R8b).
 *
 * <p>A reason only makes this replica complain, which binds nobody and is repeated while the reason
 * lasts; a weak quorum of complaints is what makes a replica leave. So one impatient replica stalls
 * nothing.
 */
final class Discontent {
  /** A complaint counts for this many times the resend interval. */
  private static final int RESENDS_VALID = 3;

  private final ReplicaState state;
  private final Complaints complaints;
  private final EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
  private Work work = Work.NONE;
  private long primaryHeardAt;

  Discontent(ReplicaState state) {
    this.state = state;
    this.complaints = new Complaints(state.validators);
  }

  void onWork(Work work) {
    this.work = work;
  }

  /** Any message of the primary breaks its silence. */
  void heard(ValidatorId from) {
    if (from.equals(primary())) {
      primaryHeardAt = state.beat();
      reasons.remove(Reason.SILENT_PRIMARY);
    }
  }

  /** R8c, idle or not: else the first transaction would pay for the primary's absence. */
  void onBeat() {
    long silentFor = state.beat() - primaryHeardAt;
    if (state.isActive()
        && !primary().equals(state.self)
        && silentFor >= state.parameters.beats(state.parameters.silence())) {
      complain(Reason.SILENT_PRIMARY);
    }
  }

  /** R8b: counts only for the view that this replica is active in. */
  void onComplain(ValidatorId from, Complain message) {
    if (state.isActive() && message.view().equals(state.view())) {
      complaints.add(from, state.beat());
    }
  }

  /** R8b, R8c: complains now, and again with every resend while the reason lasts. */
  void complain(Reason reason) {
    if (state.isActive() && reasons.add(reason)) {
      state.out.broadcast(new Complain(state.view(), reason));
    }
  }

  void repeat() {
    if (state.isActive()) {
      reasons.stream()
          .findFirst()
          .ifPresent(reason -> state.out.broadcast(new Complain(state.view(), reason)));
    }
  }

  boolean isComplaining() {
    return !reasons.isEmpty();
  }

  /** Whether a weak quorum complained of late about this view. */
  boolean isShared() {
    long validFor = RESENDS_VALID * state.parameters.beats(state.parameters.resend());
    return state.isActive() && complaints.areEnough(state.beat(), validFor);
  }

  /** Transactions wait, or blocks are on their way. */
  boolean isWorkPending() {
    if (work.pending() > 0 || !state.preparedTip().equals(state.committed())) {
      return true;
    }
    for (var slot : state.window.ascending()) {
      if (slot.proposal().isPresent()
          || slot.prepared().isPresent()
          || slot.commitCertificate().isPresent()) {
        return true;
      }
    }
    return false;
  }

  void nothingIsPending() {
    reasons.remove(Reason.NO_PROGRESS);
  }

  void delivered() {
    reasons.remove(Reason.NO_PROGRESS);
  }

  /** Another view, or none: nothing said about the old one counts. */
  void forget() {
    reasons.clear();
    complaints.clear();
    primaryHeardAt = state.beat();
  }

  private ValidatorId primary() {
    return state.primaryOf(state.committed().height().next());
  }
}
