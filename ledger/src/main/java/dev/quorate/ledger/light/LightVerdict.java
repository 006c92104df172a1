package dev.quorate.ledger.light;

/** What a light client concludes from one light block. */
public sealed interface LightVerdict {
  /** The block is final: it may become the trusted one. */
  record Verified() implements LightVerdict {}

  /**
   * Too few of the validators that are trusted signed it: a block between the two may help. Nothing
   * is wrong with the block as such.
   */
  record NotEnoughTrust(String reason) implements LightVerdict {}

  /** The block proves nothing, with the first reason found. */
  record Invalid(String reason) implements LightVerdict {}
}
