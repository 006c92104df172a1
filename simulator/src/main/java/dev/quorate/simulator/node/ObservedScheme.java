package dev.quorate.simulator.node;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.util.function.BiConsumer;

/** A scheme of whose signatures somebody else learns. */
final class ObservedScheme implements SignatureScheme {
  private final SignatureScheme scheme;
  private final BiConsumer<Bytes, Signature> listener;

  ObservedScheme(SignatureScheme scheme, BiConsumer<Bytes, Signature> listener) {
    this.scheme = scheme;
    this.listener = listener;
  }

  @Override
  public Signature sign(KeyPair signer, Bytes message) {
    var signature = scheme.sign(signer, message);
    listener.accept(message, signature);
    return signature;
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    return scheme.verify(key, message, signature);
  }
}
