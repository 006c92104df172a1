package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;

/**
 * A message whose signatures are all valid: holding one proves it. Only {@link MessageVerifier} and
 * {@link MessageSigner} make them.
 */
public final class Signed<M extends Message<M>> {
  private final ValidatorId from;
  private final M message;

  Signed(ValidatorId from, M message) {
    this.from = from;
    this.message = message;
  }

  /** The validator at the other end of the channel, who may relay what others signed. */
  public ValidatorId from() {
    return from;
  }

  public M message() {
    return message;
  }

  @Override
  public String toString() {
    return message + " from " + from.abbreviated();
  }
}
