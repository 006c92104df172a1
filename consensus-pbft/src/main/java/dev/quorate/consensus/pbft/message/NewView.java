package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The primary's opening of a view (R12), signed as a whole.
 *
 * @param claims of a quorum, for exactly this view
 * @param certificate the one that the highest claim names; none when nobody holds any
 * @param tip the primary's PREPARE of this view for the certified block, where that is not
 *     delivered at the primary
 */
public record NewView(
    View view,
    ValidatorId primary,
    List<SignedClaim> claims,
    Optional<Certificate> certificate,
    Optional<SignedVote> tip,
    Signature signature)
    implements PbftMessage {
  private static final Bytes TAG = Bytes.utf8("quorate/newview/v1");

  /** Refuses a tip that is not the primary's PREPARE for exactly the certified block. */
  public NewView {
    claims = List.copyOf(claims);
    if (tip.isPresent()) {
      var vote = tip.get().vote();
      boolean matches =
          vote.type() == VoteType.PREPARE
              && vote.validator().equals(primary)
              && View.of(vote.round()).equals(view)
              && certificate
                  .filter(it -> it.height().equals(vote.height()))
                  .filter(it -> it.blockId().equals(vote.blockId()))
                  .filter(it -> it.timestamp().equals(vote.timestamp()))
                  .isPresent();
      if (!matches) {
        throw new IllegalArgumentException("the tip is not the certified block");
      }
    }
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    if (!signature.equals(Signature.UNSIGNED)) {
      return List.of();
    }
    var requests = new ArrayList<SignRequest>();
    tip.ifPresent(it -> requests.addAll(VoteRequests.toSign(it, chainId)));
    requests.add(new SignRequest(position(), signBytes(chainId)));
    return List.copyOf(requests);
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    var signedTip = tip.map(it -> it.withSignature(signatures.getFirst()));
    return new NewView(view, primary, claims, certificate, signedTip, signatures.getLast());
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    var checks = new ArrayList<SignatureCheck>();
    checks.add(new SignatureCheck(primary, position(), signBytes(chainId), signature));
    claims.forEach(it -> checks.add(it.signatureCheck(chainId)));
    certificate.ifPresent(it -> checks.addAll(VoteRequests.toVerify(it, chainId)));
    tip.ifPresent(it -> checks.add(VoteRequests.toVerify(it, chainId)));
    return List.copyOf(checks);
  }

  /** Tag, 0, chain id with its length, view, primary, and the hash of all that is said. */
  public Bytes signBytes(String chainId) {
    var parts = new ArrayList<Bytes>();
    for (var claim : claims) {
      parts.add(claim.claim().signBytes(chainId));
      parts.add(claim.signature().bytes());
    }
    parts.add(flag(certificate.isPresent()));
    certificate.ifPresent(
        it -> {
          var vote = it.votes().getFirst().vote();
          parts.add(vote.signBytes(chainId));
        });
    parts.add(flag(tip.isPresent()));
    tip.ifPresent(it -> parts.add(it.vote().signBytes(chainId)));
    var said = Hash.sha256(parts.toArray(Bytes[]::new));
    var chain = Bytes.utf8(chainId);
    var out = ByteBuffer.allocate(TAG.length() + 6 + chain.length() + ValidatorId.SIZE + Hash.SIZE);
    TAG.copyTo(out);
    out.put((byte) 0).put((byte) chain.length());
    chain.copyTo(out);
    out.putInt(view.value());
    primary.address().copyTo(out);
    said.bytes().copyTo(out);
    return Bytes.wrap(out.array());
  }

  private SignPosition position() {
    return new SignPosition(SignPosition.Kind.NEW_VIEW, new Height(0), view.round());
  }

  private static Bytes flag(boolean set) {
    return Bytes.wrap(new byte[] {(byte) (set ? 1 : 0)});
  }
}
