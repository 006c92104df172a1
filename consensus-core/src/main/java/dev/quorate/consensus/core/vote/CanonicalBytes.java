package dev.quorate.consensus.core.vote;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.vote.proto.BlockIdProto;
import dev.quorate.consensus.core.vote.proto.CanonicalProposalProto;
import dev.quorate.consensus.core.vote.proto.CanonicalVoteProto;
import dev.quorate.consensus.core.vote.proto.PartSetHeaderProto;
import dev.quorate.consensus.core.vote.proto.TimestampProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * The byte strings that validators sign, as CometBFT 0.38 defines them: proto3 in field order,
 * defaults omitted, the sub-messages that CometBFT always writes always written.
 */
public final class CanonicalBytes {
  /** Go's zero time, 0001-01-01T00:00:00Z: the time of a nil vote and of an absent signature. */
  public static final Instant ZERO_TIME = Instant.ofEpochSecond(-62_135_596_800L);

  private CanonicalBytes() {}

  /** uvarint(length) followed by the CanonicalVote; a vote for no block has no block_id. */
  public static Bytes vote(
      int type, Height height, Round round, BlockId blockId, Instant timestamp, String chainId) {
    var vote =
        CanonicalVoteProto.newBuilder()
            .setType(type)
            .setHeight(height.value())
            .setRound(round.value())
            .setTimestamp(timestamp(timestamp))
            .setChainId(chainId);
    if (!blockId.isNone()) {
      vote.setBlockId(blockId(blockId));
    }
    return delimited(vote.build());
  }

  /** uvarint(length) followed by the CanonicalProposal; {@code polRound} is -1 for none. */
  public static Bytes proposal(
      Height height,
      Round round,
      long polRound,
      BlockId blockId,
      Instant timestamp,
      String chainId) {
    var proposal =
        CanonicalProposalProto.newBuilder()
            .setType(32)
            .setHeight(height.value())
            .setRound(round.value())
            .setPolRound(polRound)
            .setTimestamp(timestamp(timestamp))
            .setChainId(chainId);
    if (!blockId.isNone()) {
      proposal.setBlockId(blockId(blockId));
    }
    return delimited(proposal.build());
  }

  /** A BlockID message; {@link BlockId#NONE} encodes as {@code 12 00}. */
  public static BlockIdProto blockId(BlockId id) {
    return BlockIdProto.newBuilder()
        .setHash(hash(id.hash()))
        .setPartSetHeader(
            PartSetHeaderProto.newBuilder()
                .setTotal((int) id.parts().total())
                .setHash(hash(id.parts().hash())))
        .build();
  }

  /** A google.protobuf.Timestamp. */
  public static TimestampProto timestamp(Instant time) {
    return TimestampProto.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static ByteString hash(Hash hash) {
    return UnsafeByteOperations.unsafeWrap(hash.bytes().asBuffer());
  }

  private static Bytes delimited(MessageLite message) {
    var out = new ByteArrayOutputStream(message.getSerializedSize() + 2);
    try {
      message.writeDelimitedTo(out);
    } catch (IOException impossible) {
      throw new IllegalStateException("a stream in memory does not fail", impossible);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
