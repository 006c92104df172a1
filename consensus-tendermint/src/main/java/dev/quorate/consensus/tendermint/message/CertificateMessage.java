package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.crypto.Signature;
import java.util.List;

/**
 * A polka (a quorum of prevotes for one block in one round) or a commit certificate (the same of
 * precommits). It proves itself, whoever sends it, and counts as a whole: also where a signer's
 * other vote of that round came first.
 */
public record CertificateMessage(Certificate certificate) implements TendermintMessage {
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
    return VoteRequests.toVerify(certificate, chainId);
  }
}
