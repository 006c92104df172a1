package dev.quorate.simulator.node;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.KeyPair;

/** Who a node is. */
public record Identity(String name, KeyPair key, ValidatorId id) {
  public static Identity of(String name, KeyPair key) {
    return new Identity(name, key, ValidatorId.of(key.publicKey()));
  }
}
