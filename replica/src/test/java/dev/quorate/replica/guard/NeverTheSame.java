package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.nio.ByteBuffer;

/** Signs the same message differently each time, as a signer may: only what is kept is the same. */
final class NeverTheSame implements SignatureScheme {
  private int made;

  @Override
  public Signature sign(KeyPair signer, Bytes message) {
    var half = Hash.sha256(message, Bytes.utf8("" + made++)).toArray();
    return new Signature(
        Bytes.wrap(ByteBuffer.allocate(Signature.SIZE).put(half).put(half).array()));
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    return false;
  }
}
