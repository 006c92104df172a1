package dev.quorate.consensus.core;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;

/**
 * How far a validator has gone, as it reports it to one that has lost its promises.
 *
 * @param committed the last delivered height
 * @param highest the highest height at which it prepared, voted or delivered
 * @param round the view or round that it takes, or last took, part in
 * @param pending the one that it wants to be in; not below {@code round}
 */
public record Standing(Height committed, Height highest, Round round, Round pending) {
  /** Refuses a highest height below the delivered one, and a pending round below the round. */
  public Standing {
    if (committed.isAbove(highest) || round.compareTo(pending) > 0) {
      throw new IllegalArgumentException(
          "delivered %s of %s, round %s of %s".formatted(committed, highest, round, pending));
    }
  }

  /** The higher of both in each respect. */
  public Standing orHigher(Standing other) {
    return new Standing(
        committed.isAbove(other.committed) ? committed : other.committed,
        highest.isAbove(other.highest) ? highest : other.highest,
        round.compareTo(other.round) > 0 ? round : other.round,
        pending.compareTo(other.pending) > 0 ? pending : other.pending);
  }
}
