package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.List;

/** Its signer saw a polka of this round for the block, or gives the round up (nil). */
public record Precommit(SignedVote vote) implements TendermintMessage {
  /** Refuses a vote of the other type. */
  public Precommit {
    VoteRequests.mustBe(VoteType.COMMIT, vote);
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return VoteRequests.toSign(vote, chainId);
  }

  @Override
  public TendermintMessage withSignatures(List<Signature> signatures) {
    return new Precommit(vote.withSignature(signatures.getFirst()));
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(VoteRequests.toVerify(vote, chainId));
  }
}
