package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Signature;

/** A claim with its claimant's signature. */
public record SignedClaim(Claim claim, Signature signature) {
  public SignRequest signRequest(String chainId) {
    return new SignRequest(position(), claim.signBytes(chainId));
  }

  public SignatureCheck signatureCheck(String chainId) {
    return new SignatureCheck(claim.claimant(), position(), claim.signBytes(chainId), signature);
  }

  private SignPosition position() {
    return new SignPosition(SignPosition.Kind.VIEW_CHANGE, new Height(0), claim.newView().round());
  }
}
