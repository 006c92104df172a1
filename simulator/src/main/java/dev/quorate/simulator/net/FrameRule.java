package dev.quorate.simulator.net;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;

/** Decides about single frames, by sender, receiver and content. */
@FunctionalInterface
public interface FrameRule {
  /** Whether the frame may go on its way; otherwise it is lost. */
  boolean passes(ValidatorId from, ValidatorId to, Bytes frame);
}
