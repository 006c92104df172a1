package dev.quorate.consensus.core;

import dev.quorate.crypto.Signature;

/**
 * The one choke point of all consensus signatures.
 *
 * <p>The same position and bytes always get the same signature; other bytes for a position that was
 * signed, and lower positions, are refused. Whoever asks lets nothing that was granted leave before
 * the guard has made it durable.
 */
@FunctionalInterface
public interface SignGuard {
  /** Signs, or refuses, at a position. */
  Answer sign(SignRequest request);

  /** What the guard says. */
  sealed interface Answer {
    record Granted(Signature signature) implements Answer {}

    record Refused(String reason) implements Answer {}
  }
}
