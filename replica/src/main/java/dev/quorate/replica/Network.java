package dev.quorate.replica;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;

/**
 * The way to the other validators: frames may be lost, late, doubled and reordered, but come from
 * whom they say. Safe for use by several threads; never blocks.
 */
public interface Network {
  /** Sends one frame; false when it certainly does not leave. */
  boolean send(ValidatorId to, Bytes frame);

  /** Sends one frame to every other validator that can be reached. */
  void broadcast(Bytes frame);
}
