package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.View;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Certificates of other views: each admits to its view whoever holds it (R14). */
final class Tickets {
  private final ReplicaState state;

  /** The highest one for a height that is delivered here: its slot is gone, its view is not. */
  private @Nullable Certificate delivered;

  Tickets(ReplicaState state) {
    this.state = state;
  }

  /** Keeps a certificate of a delivered height if it admits to a view; else it is worthless. */
  boolean keep(Certificate certificate) {
    if (!admits(View.of(certificate.round()))) {
      return false;
    }
    delivered = higher(delivered, Optional.of(certificate), view -> true);
    return true;
  }

  /** The highest certificate of a view, for a peer that is not in that view yet. */
  Optional<Certificate> to(View view) {
    return Optional.ofNullable(highest(view::equals));
  }

  /**
   * Enters the view of the highest certificate above this view and not below the pending one, with
   * its block as base, or the delivered block if that is higher.
   *
   * @return whether another view was entered
   */
  boolean take() {
    var ticket = highest(this::admits);
    if (ticket == null) {
      return false;
    }
    state.enter(View.of(ticket.round()), BlockRef.of(ticket), false, Optional.empty());
    return true;
  }

  private boolean admits(View view) {
    return view.isAbove(state.view()) && !state.pending().isAbove(view);
  }

  private @Nullable Certificate highest(Predicate<View> fits) {
    Certificate highest = higher(null, Optional.ofNullable(delivered), fits);
    for (var slot : state.window.ascending()) {
      highest = higher(highest, slot.prepared(), fits);
      highest = higher(highest, slot.commitCertificate(), fits);
    }
    return higher(highest, state.highest(), fits);
  }

  private static @Nullable Certificate higher(
      @Nullable Certificate one, Optional<Certificate> other, Predicate<View> fits) {
    if (other.isEmpty() || !fits.test(View.of(other.get().round()))) {
      return one;
    }
    boolean above = one == null || Rank.of(other.get()).isAbove(Rank.of(one));
    return above ? other.get() : one;
  }
}
