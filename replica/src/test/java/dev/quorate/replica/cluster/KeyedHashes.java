package dev.quorate.replica.cluster;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;

/** Signatures that cost a hash; good among programs that do not forge. */
public final class KeyedHashes implements SignatureScheme {
  @Override
  public Signature sign(KeyPair signer, Bytes message) {
    return signature(signer.publicKey(), message);
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    return signature(key, message).equals(signature);
  }

  private static Signature signature(PublicKey key, Bytes message) {
    var hash = Hash.sha256(key.bytes(), message).bytes();
    var bytes = new byte[Signature.SIZE];
    hash.copyTo(bytes, 0);
    hash.copyTo(bytes, Hash.SIZE);
    return new Signature(Bytes.wrap(bytes));
  }
}
