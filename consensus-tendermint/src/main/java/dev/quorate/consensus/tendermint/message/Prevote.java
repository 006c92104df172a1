package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.List;

/** Its signer accepts the proposal of this round, or nil. */
public record Prevote(SignedVote vote) implements TendermintMessage {
  /** Refuses a vote of the other type. */
  public Prevote {
    VoteRequests.mustBe(VoteType.PREPARE, vote);
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return VoteRequests.toSign(vote, chainId);
  }

  @Override
  public TendermintMessage withSignatures(List<Signature> signatures) {
    return new Prevote(vote.withSignature(signatures.getFirst()));
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(VoteRequests.toVerify(vote, chainId));
  }
}
