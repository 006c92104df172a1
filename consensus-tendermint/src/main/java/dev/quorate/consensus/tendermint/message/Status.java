package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Signature;
import java.util.List;

/**
 * Where a validator is, so that its peers can send what it lacks. Vouched for by the channel alone:
 * it is a hint and proves nothing.
 *
 * @param height the lowest that is not decided there
 * @param proposal whether a proposal of this round is there
 */
public record Status(Height height, Round round, Step step, boolean proposal)
    implements TendermintMessage {
  @Override
  public List<SignRequest> signRequests(String chainId) {
    return List.of();
  }

  @Override
  public TendermintMessage withSignatures(List<Signature> signatures) {
    return this;
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of();
  }
}
