package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
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
    var kind =
        switch (vote.type()) {
          case PREPARE -> SignPosition.Kind.PREPARE;
          case COMMIT -> SignPosition.Kind.COMMIT;
        };
    var position = new SignPosition(kind, vote.height(), vote.round());
    return List.of(new SignRequest(position, vote.signBytes(chainId)));
  }

  static SignatureCheck toVerify(SignedVote signed, String chainId) {
    var vote = signed.vote();
    return new SignatureCheck(vote.validator(), vote.signBytes(chainId), signed.signature());
  }

  /** One check a signer, all over the same bytes, which are made once. */
  static List<SignatureCheck> toVerify(Certificate certificate, String chainId) {
    var votes = certificate.votes();
    var signBytes = votes.isEmpty() ? Bytes.EMPTY : votes.getFirst().vote().signBytes(chainId);
    return certificate.signers().stream()
        .map(it -> new SignatureCheck(it.validator(), signBytes, it.signature()))
        .toList();
  }
}
