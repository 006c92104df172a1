package dev.quorate.replica;

import dev.quorate.ledger.Location;

/** What became of a transaction that was handed to a replica. */
public sealed interface Submission {
  /** It is in the pool now: the replica tries to have it ordered, and promises no more. */
  record Admitted() implements Submission {}

  /** It was in the pool before. */
  record AlreadyPending() implements Submission {}

  /** It is final at this place, and never will be at another. */
  record AlreadyCommitted(Location location) implements Submission {}

  /** It was not taken. */
  record Refused(Reason reason) implements Submission {}

  /** Why a transaction was not taken. */
  enum Reason {
    /** It has no bytes. */
    EMPTY,
    /** It is larger than the network's {@code max_tx_bytes}. */
    TOO_LARGE,
    /** The pool, or the queue in front of it, is full: trying again later makes sense. */
    POOL_FULL,
    /** The replica runs no more. */
    STOPPED
  }

  /** The only value of its kind. */
  Submission ADMITTED = new Admitted();

  /** The only value of its kind. */
  Submission ALREADY_PENDING = new AlreadyPending();
}
