package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Signature;

/**
 * A vote with its signature, {@link Signature#UNSIGNED} until the signing door has filled it in.
 */
public record SignedVote(Vote vote, Signature signature) {
  /** A vote that is still to be signed. */
  public static SignedVote unsigned(Vote vote) {
    return new SignedVote(vote, Signature.UNSIGNED);
  }

  public SignedVote withSignature(Signature signature) {
    return new SignedVote(vote, signature);
  }

  public ValidatorId validator() {
    return vote.validator();
  }
}
