package dev.quorate.crypto;

import java.security.SecureRandom;

/** A signer's secret seed (32 bytes) with the public key that belongs to it. */
public final class KeyPair {
  private final Bytes seed;
  private final PublicKey publicKey;

  private KeyPair(Bytes seed, PublicKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /** The pair that a seed of 32 bytes determines. */
  public static KeyPair fromSeed(Bytes seed) {
    return new KeyPair(seed, Ed25519.publicKeyOf(seed));
  }

  /** A new pair; the source of randomness decides how secret it is. */
  public static KeyPair generate(SecureRandom random) {
    var seed = new byte[Ed25519.SEED_SIZE];
    random.nextBytes(seed);
    return fromSeed(Bytes.wrap(seed));
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** The secret: for key files and the signature scheme only. */
  Bytes seed() {
    return seed;
  }

  /** Names the public half only. */
  @Override
  public String toString() {
    return "KeyPair[" + publicKey + "]";
  }
}
