package dev.quorate.crypto;

/**
 * How a network signs. Production has {@link Ed25519} alone; a simulation may pay less for a
 * signature, and says so by passing another scheme.
 */
public interface SignatureScheme {
  /** Signs a message. */
  Signature sign(KeyPair signer, Bytes message);

  /** Whether the signature is the key holder's for exactly this message; never throws. */
  boolean verify(PublicKey key, Bytes message, Signature signature);
}
