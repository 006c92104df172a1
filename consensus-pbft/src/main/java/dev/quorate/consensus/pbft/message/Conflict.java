package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.List;

/** Two PREPAREs of one validator for two blocks in one slot: proof enough to leave (R8d). */
public record Conflict(SignedVote first, SignedVote second) implements PbftMessage {
  /** Refuses two votes that a correct validator could have given. */
  public Conflict {
    var one = first.vote();
    var other = second.vote();
    boolean conflicting =
        one.type() == VoteType.PREPARE
            && other.type() == VoteType.PREPARE
            && one.validator().equals(other.validator())
            && one.height().equals(other.height())
            && one.round().equals(other.round())
            && !one.blockId().equals(other.blockId());
    if (!conflicting) {
      throw new IllegalArgumentException("no conflict between " + one + " and " + other);
    }
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return List.of();
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return this;
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(VoteRequests.toVerify(first, chainId), VoteRequests.toVerify(second, chainId));
  }
}
