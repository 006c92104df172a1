package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.util.List;

/**
 * A message whose signatures are all valid: holding one proves it. Only {@link MessageVerifier} and
 * {@link MessageSigner} make them.
 */
public final class Signed<M extends Message<M>> {
  private final ValidatorId from;
  private final M message;
  private final List<SignatureCheck> verified;

  Signed(ValidatorId from, M message, List<SignatureCheck> verified) {
    this.from = from;
    this.message = message;
    this.verified = List.copyOf(verified);
  }

  /** The validator at the other end of the channel, who may relay what others signed. */
  public ValidatorId from() {
    return from;
  }

  public M message() {
    return message;
  }

  /** The signatures that were verified in it; none in an own message, which was signed here. */
  public List<SignatureCheck> verified() {
    return verified;
  }

  @Override
  public String toString() {
    return message + " from " + from.abbreviated();
  }
}
