package dev.quorate.replica.evidence;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Hash;
import java.util.Set;

/**
 * What the pool of evidence holds, as far as other threads have to know.
 *
 * @param offences ids of all that waits for a block
 * @param full validators against whom no more evidence is taken
 */
record Held(Set<Hash> offences, Set<ValidatorId> full) {
  static final Held NOTHING = new Held(Set.of(), Set.of());

  Held {
    offences = Set.copyOf(offences);
    full = Set.copyOf(full);
  }
}
