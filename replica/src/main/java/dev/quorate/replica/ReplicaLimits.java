package dev.quorate.replica;

import dev.quorate.replica.inbox.InboxLimits;
import java.time.Duration;

/**
 * The bounds of one replica that are its own affair: no two replicas need the same.
 *
 * @param inbox of the queues between threads
 * @param poolTransactions how many transactions wait at most
 * @param poolBytes how many bytes of transactions wait at most
 * @param patience how long an answer of a peer is waited for before another peer is asked
 * @param listenTime how long the replica listens at most before it signs anything, 0 or more
 */
public record ReplicaLimits(
    InboxLimits inbox,
    int poolTransactions,
    long poolBytes,
    Duration patience,
    Duration listenTime) {
  /** What a node has that says nothing else. */
  public static final ReplicaLimits DEFAULT =
      new ReplicaLimits(
          InboxLimits.DEFAULT, 100_000, 256L << 20, Duration.ofSeconds(2), Duration.ofSeconds(2));

  public ReplicaLimits {
    if (poolTransactions < 1 || poolBytes < 1) {
      throw new IllegalArgumentException(
          "a pool of " + poolTransactions + " transactions and " + poolBytes + " bytes");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience of " + patience);
    }
    if (listenTime.isNegative()) {
      throw new IllegalArgumentException("a listen time of " + listenTime);
    }
  }
}
