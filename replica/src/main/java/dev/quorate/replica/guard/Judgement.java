package dev.quorate.replica.guard;

import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;

/** What the promises given so far say to a request for a signature. */
sealed interface Judgement {
  /** Nothing was signed there, and nothing above: it may be. */
  record Fresh() implements Judgement {}

  /** Exactly this was signed there. */
  record Repeated(Signature signature) implements Judgement {}

  /** It must not be signed, for this reason. */
  record Refused(String reason) implements Judgement {}

  /** The only value of its kind. */
  Judgement FRESH = new Fresh();

  /** For the position itself, on which something was given already. */
  static Judgement again(Given before, Hash said) {
    return before.said().equals(said)
        ? new Repeated(before.signature())
        : new Refused("other bytes were signed there");
  }
}
