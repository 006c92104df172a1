package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import java.util.List;

/** What has to be signed and verified in a message that carries one vote. */
final class VoteRequests {
  private VoteRequests() {}

  static List<SignRequest> toSign(SignedVote signed, String chainId) {
    if (!signed.signature().equals(Signature.UNSIGNED)) {
      return List.of();
    }
    var vote = signed.vote();
    var position = positionOf(vote.type(), vote.height(), vote.round());
    return List.of(new SignRequest(position, vote.signBytes(chainId)));
  }

  static SignatureCheck toVerify(SignedVote signed, String chainId) {
    var vote = signed.vote();
    var position = positionOf(vote.type(), vote.height(), vote.round());
    return new SignatureCheck(
        vote.validator(), position, vote.signBytes(chainId), signed.signature());
  }

  /** One check a signer, all over the same bytes, which are made once. */
  static List<SignatureCheck> toVerify(Certificate certificate, String chainId) {
    var votes = certificate.votes();
    var signBytes = votes.isEmpty() ? Bytes.EMPTY : votes.getFirst().vote().signBytes(chainId);
    var position = positionOf(certificate.type(), certificate.height(), certificate.round());
    return certificate.signers().stream()
        .map(it -> new SignatureCheck(it.validator(), position, signBytes, it.signature()))
        .toList();
  }

  private static SignPosition positionOf(VoteType type, Height height, Round round) {
    var kind =
        switch (type) {
          case PREPARE -> SignPosition.Kind.PREPARE;
          case COMMIT -> SignPosition.Kind.COMMIT;
        };
    return new SignPosition(kind, height, round);
  }
}
