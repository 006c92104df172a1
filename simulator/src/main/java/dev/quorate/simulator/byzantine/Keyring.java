package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.replica.guard.SigningKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys that Byzantine validators hold: one its own, colluders each other's too. */
public final class Keyring {
  private final SortedMap<ValidatorId, KeyPair> keys = new TreeMap<>();

  public Keyring(List<KeyPair> keys) {
    keys.forEach(it -> this.keys.put(ValidatorId.of(it.publicKey()), it));
  }

  /** Whose keys these are, in order of address. */
  public List<ValidatorId> owners() {
    return List.copyOf(keys.keySet());
  }

  public boolean holds(ValidatorId owner) {
    return keys.containsKey(owner);
  }

  /** Anything at all, as a validator whose key is held; refuses to sign as anybody else. */
  Signature sign(SignatureScheme scheme, ValidatorId as, Bytes message) {
    return scheme.sign(keyOf(as), message);
  }

  /** For a replica that signs with it. */
  SigningKey of(SignatureScheme scheme, ValidatorId owner) {
    return new SigningKey(keyOf(owner), scheme);
  }

  private KeyPair keyOf(ValidatorId owner) {
    var key = keys.get(owner);
    if (key == null) {
      throw new IllegalArgumentException("the key of " + owner + " is not held");
    }
    return key;
  }
}
