package dev.quorate.crypto;

/**
 * An Ed25519 public key: 32 bytes.
 *
 * <p>The bytes are not judged here, because a set of validators made by somebody else may hold keys
 * that verify nothing; {@link Ed25519#isSound(PublicKey)} judges a key once, at enrolment.
 */
public record PublicKey(Bytes bytes) {
  /** Bytes in a key. */
  public static final int SIZE = 32;

  public PublicKey {
    if (bytes.length() != SIZE) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length());
    }
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
