package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.List;

/** Its signer accepted the primary's proposal for this height and view. */
public record Prepare(SignedVote vote) implements PbftMessage {
  /** Refuses a vote of another type, and one for no block: PBFT has no nil votes. */
  public Prepare {
    if (vote.vote().type() != VoteType.PREPARE || vote.vote().blockId().isNone()) {
      throw new IllegalArgumentException("not a PREPARE for a block: " + vote.vote());
    }
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return VoteRequests.toSign(vote, chainId);
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return new Prepare(vote.withSignature(signatures.getFirst()));
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(VoteRequests.toVerify(vote, chainId));
  }
}
