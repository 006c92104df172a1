package dev.quorate.gateway;

import dev.quorate.ledger.Location;

/** What became of a submitted transaction at this node's door. */
public sealed interface Admission {
  /** It waits in the pool; it was not there before. */
  record Admitted() implements Admission {}

  /** The same bytes waited in the pool already; nothing was added. */
  record AlreadyPending() implements Admission {}

  /** The same bytes stand in the ledger already; nothing was added. */
  record AlreadyCommitted(Location location) implements Admission {}

  /** It was turned away and is remembered nowhere. */
  record Refused(Rejection rejection) implements Admission {}
}
