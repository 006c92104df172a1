package dev.quorate.simulator;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Signatures that cost a hash. Each key has a secret of its own that only this scheme knows, and
 * signing takes the key pair: whoever holds one key can forge no other's signature.
 */
final class KeyedHashes implements SignatureScheme {
  private final Map<PublicKey, Bytes> secrets = new HashMap<>();

  KeyedHashes(long seed, List<KeyPair> keys) {
    for (var key : keys) {
      secrets.put(
          key.publicKey(),
          Hash.sha256(Bytes.utf8("secret " + seed), key.publicKey().bytes()).bytes());
    }
  }

  @Override
  public Signature sign(KeyPair signer, Bytes message) {
    return signature(secretOf(signer.publicKey()), message);
  }

  @Override
  public boolean verify(PublicKey key, Bytes message, Signature signature) {
    return secrets.containsKey(key) && signature(secretOf(key), message).equals(signature);
  }

  private Bytes secretOf(PublicKey key) {
    var secret = secrets.get(key);
    if (secret == null) {
      throw new IllegalArgumentException(key + " is no key of this world");
    }
    return secret;
  }

  private static Signature signature(Bytes secret, Bytes message) {
    var hash = Hash.sha256(secret, message).bytes();
    var bytes = new byte[Signature.SIZE];
    hash.copyTo(bytes, 0);
    hash.copyTo(bytes, Hash.SIZE);
    return new Signature(Bytes.wrap(bytes));
  }
}
