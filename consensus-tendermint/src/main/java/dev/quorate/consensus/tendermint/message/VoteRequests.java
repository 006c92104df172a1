package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import java.util.List;

/** What has to be signed and verified in a message that carries votes. */
final class VoteRequests {
  private VoteRequests() {}

  static List<SignRequest> toSign(SignedVote signed, String chainId) {
    if (!signed.signature().equals(Signature.UNSIGNED)) {
      return List.of();
    }
    var vote = signed.vote();
    return List.of(new SignRequest(positionOf(vote), vote.signBytes(chainId)));
  }

  static SignatureCheck toVerify(SignedVote signed, String chainId) {
    var vote = signed.vote();
    return new SignatureCheck(
        vote.validator(), positionOf(vote), vote.signBytes(chainId), signed.signature());
  }

  /** One check a signer, all over the same bytes, which are made once. */
  static List<SignatureCheck> toVerify(Certificate certificate, String chainId) {
    var votes = certificate.votes();
    if (votes.isEmpty()) {
      return List.of();
    }
    Bytes signBytes = votes.getFirst().vote().signBytes(chainId);
    var position = positionOf(votes.getFirst().vote());
    return certificate.signers().stream()
        .map(it -> new SignatureCheck(it.validator(), position, signBytes, it.signature()))
        .toList();
  }

  /** Refuses a vote of another type. */
  static void mustBe(VoteType type, SignedVote vote) {
    if (vote.vote().type() != type) {
      throw new IllegalArgumentException("not of type " + type + ": " + vote.vote());
    }
  }

  private static SignPosition positionOf(Vote vote) {
    var kind =
        switch (vote.type()) {
          case PREPARE -> SignPosition.Kind.PREVOTE;
          case COMMIT -> SignPosition.Kind.PRECOMMIT;
        };
    return new SignPosition(kind, vote.height(), vote.round());
  }
}
