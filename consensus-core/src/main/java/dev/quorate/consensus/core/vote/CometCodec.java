package dev.quorate.consensus.core.vote;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.proto.DuplicateVoteEvidenceProto;
import dev.quorate.consensus.core.vote.proto.ProposalProto;
import dev.quorate.consensus.core.vote.proto.VoteProto;
import dev.quorate.crypto.Bytes;
import java.time.Instant;

/**
 * Votes, proposals and evidence as CometBFT 0.38 writes them (package tendermint.types): what is
 * hashed into a block, and what tools made for CometBFT read.
 */
public final class CometCodec {
  /** The number of a proposal among the signed messages. */
  static final int PROPOSAL = 32;

  private CometCodec() {}

  /** A Vote; the index is the validator's place in set order. */
  public static Bytes vote(SignedVote signed, int index) {
    return Bytes.wrap(voteProto(signed, index).toByteArray());
  }

  /** A Proposal; {@code polRound} is -1 for none. */
  public static Bytes proposal(
      Height height, Round round, int polRound, BlockId blockId, Instant time, Bytes signature) {
    return Bytes.wrap(
        proposalProto(PROPOSAL, height, round, polRound, blockId, time, signature).toByteArray());
  }

  /** What CometBFT orders block ids by: the hash, then the encoded part set header. */
  public static Bytes key(BlockId id) {
    var hash = id.hash().toArray();
    var parts = CanonicalBytes.blockId(id).getPartSetHeader().toByteArray();
    var key = new byte[hash.length + parts.length];
    System.arraycopy(hash, 0, key, 0, hash.length);
    System.arraycopy(parts, 0, key, hash.length, parts.length);
    return Bytes.wrap(key);
  }

  static VoteProto voteProto(SignedVote signed, int index) {
    var vote = signed.vote();
    return voteProto(
        vote.type().code(),
        vote.height(),
        vote.round(),
        vote.blockId(),
        vote.timestamp(),
        vote.validator(),
        index,
        signed.signature().bytes());
  }

  /** The same with every field given, since a published vector need not be a vote of ours. */
  static VoteProto voteProto(
      int type,
      Height height,
      Round round,
      BlockId blockId,
      Instant time,
      ValidatorId validator,
      int index,
      Bytes signature) {
    return VoteProto.newBuilder()
        .setType(type)
        .setHeight(height.value())
        .setRound(round.value())
        .setBlockId(CanonicalBytes.blockId(blockId))
        .setTimestamp(CanonicalBytes.timestamp(time))
        .setValidatorAddress(bytes(validator.address()))
        .setValidatorIndex(index)
        .setSignature(bytes(signature))
        .build();
  }

  static ProposalProto proposalProto(
      int type,
      Height height,
      Round round,
      int polRound,
      BlockId blockId,
      Instant time,
      Bytes signature) {
    return ProposalProto.newBuilder()
        .setType(type)
        .setHeight(height.value())
        .setRound(round.value())
        .setPolRound(polRound)
        .setBlockId(CanonicalBytes.blockId(blockId))
        .setTimestamp(CanonicalBytes.timestamp(time))
        .setSignature(bytes(signature))
        .build();
  }

  static DuplicateVoteEvidenceProto evidenceProto(
      VoteProto first, VoteProto second, long totalPower, long validatorPower, Instant time) {
    return DuplicateVoteEvidenceProto.newBuilder()
        .setVoteA(first)
        .setVoteB(second)
        .setTotalVotingPower(totalPower)
        .setValidatorPower(validatorPower)
        .setTimestamp(CanonicalBytes.timestamp(time))
        .build();
  }

  private static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.asBuffer());
  }
}
