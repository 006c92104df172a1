package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Complain.Reason;
import dev.quorate.crypto.Hash;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reasons to leave the view (R8), own ones and those of others (R8b).
 *
 * <p>A reason only makes this replica complain, which binds nobody and is repeated while the reason
 * lasts; a weak quorum is what makes a replica leave: of validators that complain, or that have
 * left for a higher view already. So one impatient replica stalls nothing.
 */
final class Discontent {
  /** A complaint counts for this many times the resend interval. */
  private static final int RESENDS_VALID = 3;

  private final ReplicaState state;
  private final Complaints complaints;
  private final EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
  private @Nullable Hash starved;
  private Work work = Work.NONE;
  private long primaryHeardAt;

  /** The beat at which each validator was last heard of. */
  private final Map<ValidatorId, Long> heardAt = new HashMap<>();

  Discontent(ReplicaState state) {
    this.state = state;
    this.complaints = new Complaints(state.validators);
  }

  /** R8a: the replica has the clock that the transactions wait by; here only its verdict comes. */
  void onWork(Work work) {
    this.work = work;
    starved =
        work.starved()
            .filter(it -> it.round().equals(state.view().round()))
            .map(Work.Starved::transaction)
            .orElse(null);
    complainWhile(Reason.STARVED_TRANSACTION, starved != null);
  }

  /** An invalid proposal is a reason for as long as its height is not delivered. */
  void onProposals(boolean invalid) {
    complainWhile(Reason.INVALID_BLOCK, invalid);
  }

  /** Any message of the primary breaks its silence. */
  void heard(ValidatorId from) {
    heardAt.put(from, state.beat());
    if (from.equals(primary())) {
      primaryHeardAt = state.beat();
      withdraw(Reason.SILENT_PRIMARY);
    }
  }

  /**
   * R8c, idle or not: else the first transaction would pay for the primary's absence. Whoever does
   * not hear a quorum cannot tell a silent primary from being cut off, or from being the first of
   * all to start; and few complaints that reach one replica only would make it leave alone.
   */
  void onBeat() {
    long longest = state.parameters.beats(state.parameters.silence());
    if (state.isActive()
        && !primary().equals(state.self)
        && state.beat() - primaryHeardAt >= longest
        && hearsAQuorum(longest)) {
      complain(Reason.SILENT_PRIMARY);
    }
  }

  private boolean hearsAQuorum(long longest) {
    heardAt.values().removeIf(heard -> state.beat() - heard >= longest);
    var heard = new HashSet<>(heardAt.keySet());
    heard.add(state.self);
    return state.validators.isQuorum(heard);
  }

  /**
   * R8b: counts only for the view that this replica is active in. Its own complaint comes back to
   * it after other events, when the reason may be gone.
   */
  void onComplain(ValidatorId from, Complain message) {
    boolean stands = !from.equals(state.self) || isComplaining();
    if (stands && state.isActive() && message.view().equals(state.view())) {
      complaints.add(from, state.beat());
    }
  }

  /** R8b, R8c: complains now, and again with every resend while the reason lasts. */
  void complain(Reason reason) {
    if (state.isActive() && reasons.add(reason)) {
      state.out.broadcast(complaint(reason));
    }
  }

  void repeat() {
    if (state.isActive()) {
      reasons.stream().findFirst().ifPresent(reason -> state.out.broadcast(complaint(reason)));
    }
  }

  boolean isComplaining() {
    return !reasons.isEmpty();
  }

  /**
   * R8b: whether a weak quorum complained of late about this view, or left it for a higher one. Who
   * has left complains no more, and without these a view that lost a few could lose its progress
   * and keep the others.
   */
  boolean isShared(ViewChangeBook book) {
    if (!state.isActive() || complaints.isEmpty()) {
      return false;
    }
    long validFor = RESENDS_VALID * state.parameters.beats(state.parameters.resend());
    return complaints.areEnough(book.claimantsAbove(state.view()), state.beat(), validFor);
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
    withdraw(Reason.NO_PROGRESS);
  }

  void delivered() {
    withdraw(Reason.NO_PROGRESS);
  }

  /** Another view, or none: nothing said about the old one counts, and nobody starved in it yet. */
  void forget() {
    reasons.clear();
    starved = null;
    complaints.clear();
    primaryHeardAt = state.beat();
  }

  private void complainWhile(Reason reason, boolean lasts) {
    if (lasts) {
      complain(reason);
    } else {
      withdraw(reason);
    }
  }

  /** Our own complaint counts no longer than its reason. */
  private void withdraw(Reason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      complaints.withdraw(state.self);
    }
  }

  private Complain complaint(Reason reason) {
    return starved != null && reason == Reason.STARVED_TRANSACTION
        ? Complain.ofStarved(state.view(), starved)
        : new Complain(state.view(), reason);
  }

  private ValidatorId primary() {
    return state.primaryOf(state.committed().height().next());
  }
}
