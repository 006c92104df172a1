package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;

/** A block of the current height whose body is here. {@code valid(v)} is judged once. */
final class Candidate {
  /** The paper's {@code valid(v)}. */
  sealed interface Validity {
    /** Asked, not answered. */
    record Unknown() implements Validity {}

    record Valid() implements Validity {}

    /** With the rule that it breaks. */
    record Invalid(String reason) implements Validity {}
  }

  private static final Validity UNKNOWN = new Validity.Unknown();
  private static final Validity VALID = new Validity.Valid();

  private final Block block;
  private Validity validity = UNKNOWN;
  private boolean stored;

  Candidate(Block block) {
    this.block = block;
  }

  Block block() {
    return block;
  }

  Validity validity() {
    return validity;
  }

  boolean isValid() {
    return validity instanceof Validity.Valid;
  }

  void valid() {
    validity = VALID;
  }

  void invalid(String reason) {
    validity = new Validity.Invalid(reason);
  }

  /** Whether the body is, or is about to be, on disk. */
  boolean isStored() {
    return stored;
  }

  void stored() {
    stored = true;
  }
}
