package dev.quorate.gateway;

import dev.quorate.ledger.Location;

/**
 * How far a transaction got, as far as this node knows. It only moves forward within one run of a
 * node, and {@link Committed} is for ever.
 */
public sealed interface TransactionStatus {
  /** Never heard of, or forgotten by a crash before it was committed. */
  record Unknown() implements TransactionStatus {}

  /** Taken in and not judged yet. */
  record Received() implements TransactionStatus {}

  /** In the pool: an attempt is promised, not more. */
  record Admitted() implements TransactionStatus {}

  /** In a durable block. */
  record Committed(Location location) implements TransactionStatus {}
}
