package dev.quorate.crypto;

/**
 * An Ed25519 signature: 64 bytes, R then S.
 *
 * <p>A signer can make many valid signatures for one message, so a signature never serves as an
 * identity: count signers, compare what was signed.
 */
public record Signature(Bytes bytes) {
  /** Bytes in a signature. */
  public static final int SIZE = 64;

  /** Stands in a message that has not been signed yet; never valid. */
  public static final Signature UNSIGNED = new Signature(Bytes.wrap(new byte[SIZE]));

  public Signature {
    if (bytes.length() != SIZE) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length());
    }
  }

  @Override
  public String toString() {
    return bytes.slice(0, 4).hex();
  }
}
