package dev.quorate.crypto;

/**
 * Ed25519 under the one rule that every validator of a network applies.
 *
 * <p>The equation is the cofactored one; A and R must be canonical, A not of small order, and S
 * below L. Whatever makes the library throw is an invalid signature. The JDK's own provider decides
 * some crafted signatures otherwise, so the two must never be mixed in one network.
 */
public final class Ed25519 implements SignatureScheme {
  /** The only instance: it has no state but keys that were decoded before. */
  public static final Ed25519 INSTANCE = new Ed25519();

  /** Bytes in the secret that a key pair is derived from. */
  static final int SEED_SIZE = org.bouncycastle.math.ec.rfc8032.Ed25519.SECRET_KEY_SIZE;

  private final DecodedKeys decodedKeys = new DecodedKeys();

  private Ed25519() {}

  @Override
  public Signature sign(KeyPair signer, Bytes message) {
    var signature = new byte[Signature.SIZE];
    var text = message.toArray();
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        signer.seed().toArray(),
        0,
        signer.publicKey().bytes().toArray(),
        0,
        text,
        0,
        text.length,
        signature,
        0);
    return new Signature(Bytes.wrap(signature));
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    var text = message.toArray();
    try {
      var point = decodedKeys.find(key);
      return point.isPresent()
          && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
              signature.bytes().toArray(), 0, point.get(), text, 0, text.length);
    } catch (RuntimeException refused) {
      return false;
    }
  }

  /** Whether a key is canonical and of prime order: asked once, when a validator is enrolled. */
  public boolean isSound(PublicKey key) {
    try {
      return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(
          key.bytes().toArray(), 0);
    } catch (RuntimeException refused) {
      return false;
    }
  }

  static PublicKey publicKeyOf(Bytes seed) {
    if (seed.length() != SEED_SIZE) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length());
    }
    var key = new byte[PublicKey.SIZE];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed.toArray(), 0, key, 0);
    return new PublicKey(Bytes.wrap(key));
  }
}
