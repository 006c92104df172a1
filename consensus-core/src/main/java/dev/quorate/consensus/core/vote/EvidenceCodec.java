package dev.quorate.consensus.core.vote;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.vote.proto.DuplicateVoteEvidenceProto;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.core.vote.proto.VoteProto;
import dev.quorate.crypto.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * Evidence as CometBFT 0.38 writes it, and back. Reading is strict: what does not encode to the
 * very bytes that it was read from is nothing, and so is a vote with an extension.
 */
final class EvidenceCodec {
  private EvidenceCodec() {}

  static Bytes encode(DuplicateVoteEvidence evidence) {
    var pair = evidence.pair();
    return Bytes.wrap(
        CometCodec.evidenceProto(
                CometCodec.voteProto(pair.first(), evidence.index()),
                CometCodec.voteProto(pair.second(), evidence.index()),
                evidence.totalPower(),
                evidence.power(),
                evidence.time())
            .toByteArray());
  }

  static Optional<DuplicateVoteEvidence> decode(Bytes encoded) {
    if (encoded.length() > DuplicateVoteEvidence.MAX_BYTES) {
      return Optional.empty();
    }
    try {
      return read(DuplicateVoteEvidenceProto.parseFrom(encoded.asBuffer()))
          .filter(it -> encode(it).equals(encoded));
    } catch (InvalidProtocolBufferException malformed) {
      return Optional.empty();
    }
  }

  /** Whether a protobuf timestamp can tell the time. */
  static boolean isPossible(Instant time) {
    return VoteCodec.fromProto(CanonicalBytes.timestamp(time)).isPresent();
  }

  private static Optional<DuplicateVoteEvidence> read(DuplicateVoteEvidenceProto proto) {
    var first = vote(proto.getVoteA());
    var second = vote(proto.getVoteB());
    var time = VoteCodec.fromProto(proto.getTimestamp());
    int index = proto.getVoteA().getValidatorIndex();
    long power = proto.getValidatorPower();
    if (first.isEmpty()
        || second.isEmpty()
        || time.isEmpty()
        || index < 0
        || index != proto.getVoteB().getValidatorIndex()
        || power < 1
        || proto.getTotalVotingPower() < power) {
      return Optional.empty();
    }
    // In their order: the other way round the encoding would differ.
    return DuplicateVote.of(first.get(), second.get())
        .map(
            pair ->
                new DuplicateVoteEvidence(
                    pair, index, proto.getTotalVotingPower(), power, time.get()));
  }

  private static Optional<SignedVote> vote(VoteProto proto) {
    return VoteCodec.fromProto(
        SignedVoteProto.newBuilder()
            .setType(proto.getType())
            .setHeight(proto.getHeight())
            .setRound(proto.getRound())
            .setBlockId(proto.getBlockId())
            .setTimestamp(proto.getTimestamp())
            .setValidator(proto.getValidatorAddress())
            .setSignature(proto.getSignature())
            .build());
  }
}
