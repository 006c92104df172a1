package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Its claimant gives nothing in lower views any more, and wants the new one (R9).
 *
 * @param high the certificate that the claim names
 * @param commit the commit certificate of the claim's delivered block; none at genesis
 */
public record ViewChange(
    SignedClaim signed, Optional<Certificate> high, Optional<Certificate> commit)
    implements PbftMessage {
  /** Refuses certificates that are not the ones that the claim names (R11). */
  public ViewChange {
    var claim = signed.claim();
    if (!high.map(Claim.High::of).equals(claim.high())) {
      throw new IllegalArgumentException("the attached certificate is not the claimed one");
    }
    boolean atGenesis = claim.committed().id().isNone();
    boolean matches =
        commit
            .filter(it -> it.type() == VoteType.COMMIT)
            .filter(it -> BlockRef.of(it).equals(claim.committed()))
            .isPresent();
    if (atGenesis ? commit.isPresent() : !matches) {
      throw new IllegalArgumentException("the attached commit is not of the claimed block");
    }
  }

  public Claim claim() {
    return signed.claim();
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return signed.signature().equals(Signature.UNSIGNED)
        ? List.of(signed.signRequest(chainId))
        : List.of();
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return new ViewChange(new SignedClaim(signed.claim(), signatures.getFirst()), high, commit);
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    var checks = new ArrayList<SignatureCheck>();
    checks.add(signed.signatureCheck(chainId));
    high.ifPresent(it -> checks.addAll(VoteRequests.toVerify(it, chainId)));
    commit.ifPresent(it -> checks.addAll(VoteRequests.toVerify(it, chainId)));
    return List.copyOf(checks);
  }
}
