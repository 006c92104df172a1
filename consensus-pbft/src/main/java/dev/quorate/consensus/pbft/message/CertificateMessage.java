package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.crypto.Signature;
import java.util.List;

/** Any prepared or commit certificate; it proves itself, whoever sends it. */
public record CertificateMessage(Certificate certificate) implements PbftMessage {
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
    return VoteRequests.toVerify(certificate, chainId);
  }
}
