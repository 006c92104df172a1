package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Votes of distinct validators for one block in one phase of one round: of type PREPARE a prepared
 * certificate (a polka), of type COMMIT a commit certificate.
 *
 * <p>A certificate is worth something only with a quorum of valid signatures: {@link
 * #hasQuorum(ValidatorSet)} counts, the ingress verifies the signatures.
 */
public record Certificate(
    VoteType type,
    Height height,
    Round round,
    BlockId blockId,
    Instant timestamp,
    List<Signer> signers) {

  /** One validator's part in a certificate. */
  public record Signer(ValidatorId validator, Signature signature) {}

  /** Refuses a certificate for no block, and one that counts a validator twice. */
  public Certificate {
    signers = List.copyOf(signers);
    if (blockId.isNone()) {
      throw new IllegalArgumentException("a certificate names a block");
    }
    var distinct = new HashSet<ValidatorId>();
    for (var signer : signers) {
      if (!distinct.add(signer.validator())) {
        throw new IllegalArgumentException("validator " + signer.validator() + " signs twice");
      }
    }
  }

  /** Whether the signers are members worth more than two thirds of the power. */
  public boolean hasQuorum(ValidatorSet validators) {
    var ids = signers.stream().map(Signer::validator).toList();
    return ids.stream().allMatch(validators::contains) && validators.isQuorum(ids);
  }

  /** The signers' votes, all over the same sign bytes. */
  public List<SignedVote> votes() {
    var votes = new ArrayList<SignedVote>(signers.size());
    for (var signer : signers) {
      var vote = new Vote(type, height, round, blockId, timestamp, signer.validator());
      votes.add(new SignedVote(vote, signer.signature()));
    }
    return List.copyOf(votes);
  }
}
