package dev.quorate.simulator.node;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;

/** Where the frames of peers enter a replica. */
@FunctionalInterface
public interface Inlet {
  void hear(ValidatorId from, Bytes frame);
}
