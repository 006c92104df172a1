package dev.quorate.consensus.core.validators;

import dev.quorate.crypto.PublicKey;

/** A voter: its address, its key and its weight (at least 1). */
public record Validator(ValidatorId id, PublicKey key, long power) {
  public Validator {
    if (power < 1) {
      throw new IllegalArgumentException("power of " + id + " is " + power + ", must be positive");
    }
  }

  /** A validator whose address follows from its key. */
  public static Validator of(PublicKey key, long power) {
    return new Validator(ValidatorId.of(key), key, power);
  }
}
