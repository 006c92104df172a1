package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.simulator.node.Surroundings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the replica under the tricks has signed. It stops when it hears its key sign anything else,
 * for it takes that for another instance; then nothing would be left to play with. So such echoes
 * of its actor's lies are kept from it.
 */
final class OwnWords {
  private final ValidatorId self;
  private final Set<Hash> said = new HashSet<>();

  OwnWords(ValidatorId self) {
    this.self = self;
  }

  /** A frame that the replica wants to send. */
  void said(Bytes frame, Surroundings world) {
    own(frame, world).forEach(it -> said.add(Hash.sha256(it.signBytes())));
  }

  /** Whether a frame holds a signature of its key that is not its own. */
  boolean holdsOthers(Bytes frame, Surroundings world) {
    return own(frame, world).stream().anyMatch(it -> !said.contains(Hash.sha256(it.signBytes())));
  }

  private List<SignatureCheck> own(Bytes frame, Surroundings world) {
    return world.messageIn(frame).stream()
        .flatMap(it -> it.signatureChecks(world.genesis().chainId()).stream())
        .filter(it -> it.signer().equals(self))
        .toList();
  }
}
