package dev.quorate.consensus.core.validators;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;

/**
 * A validator's address: the first 20 bytes of the SHA-256 of its public key (CometBFT's ed25519
 * address).
 */
public record ValidatorId(Bytes address) implements Comparable<ValidatorId> {
  /** Bytes in an address. */
  public static final int SIZE = 20;

  public ValidatorId {
    if (address.length() != SIZE) {
      throw new IllegalArgumentException("an address has 20 bytes, not " + address.length());
    }
  }

  /** The address of a key. */
  public static ValidatorId of(PublicKey key) {
    return new ValidatorId(Hash.sha256(key.bytes()).bytes().slice(0, SIZE));
  }

  @Override
  public int compareTo(ValidatorId other) {
    return address.compareTo(other.address);
  }

  /** The first eight hexadecimal digits, for logs. */
  public String abbreviated() {
    return address.slice(0, 4).hex();
  }

  @Override
  public String toString() {
    return address.hex();
  }
}
