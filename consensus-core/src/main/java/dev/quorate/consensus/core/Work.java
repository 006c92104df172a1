package dev.quorate.consensus.core;

import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import java.util.Optional;

/**
 * What waits to be ordered.
 *
 * @param pickable transactions in the pool that stand in no undelivered block
 * @param batchFull whether they fill a batch (by count or by bytes)
 * @param pending all transactions in the pool, those in undelivered blocks included
 * @param starved the pickable transaction that waits longest, once it has been passed over for too
 *     long
 */
public record Work(int pickable, boolean batchFull, int pending, Optional<Starved> starved) {
  /** An empty pool. */
  public static final Work NONE = new Work(0, false, 0);

  /**
   * A transaction that others were preferred to.
   *
   * @param round in which it was; what happened in another round says nothing of this one's leader
   */
  public record Starved(Hash transaction, Round round) {}

  public Work {
    if (pickable < 0 || pending < pickable) {
      throw new IllegalArgumentException(pickable + " pickable of " + pending + " pending");
    }
  }

  /** Work of which none is starved. */
  public Work(int pickable, boolean batchFull, int pending) {
    this(pickable, batchFull, pending, Optional.empty());
  }
}
