package dev.quorate.simulator;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.simulator.plan.NetworkPlan;
import java.util.ArrayList;
import java.util.List;

/** The keys of the validators a, b, c, ...: the same in all runs, for making one costs much. */
final class Keys {
  private static final List<KeyPair> KEYS = make();

  private Keys() {}

  static KeyPair of(String name) {
    return KEYS.get(name.charAt(0) - 'a');
  }

  private static List<KeyPair> make() {
    var keys = new ArrayList<KeyPair>();
    for (int i = 0; i < NetworkPlan.MAX_VALIDATORS; i++) {
      keys.add(KeyPair.fromSeed(Hash.sha256(Bytes.utf8(NetworkPlan.nameOf(i))).bytes()));
    }
    return List.copyOf(keys);
  }
}
