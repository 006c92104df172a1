package dev.quorate.consensus.core;

/**
 * What waits to be ordered.
 *
 * @param pickable transactions in the pool that stand in no undelivered block
 * @param batchFull whether they fill a batch (by count or by bytes)
 * @param pending all transactions in the pool, those in undelivered blocks included
 */
public record Work(int pickable, boolean batchFull, int pending) {
  /** An empty pool. */
  public static final Work NONE = new Work(0, false, 0);

  public Work {
    if (pickable < 0 || pending < pickable) {
      throw new IllegalArgumentException(pickable + " pickable of " + pending + " pending");
    }
  }
}
