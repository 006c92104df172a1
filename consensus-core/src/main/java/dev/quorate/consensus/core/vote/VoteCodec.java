package dev.quorate.consensus.core.vote;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.proto.BlockIdProto;
import dev.quorate.consensus.core.vote.proto.CertificateProto;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.core.vote.proto.SignerProto;
import dev.quorate.consensus.core.vote.proto.TimestampProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Votes, certificates and block ids as the protobuf messages that engines put into their own.
 *
 * <p>Reading never throws: what is no value of ours is empty. It looks at what the messages say,
 * not at how they were written; an engine's codec encodes what it read once more and refuses bytes
 * that differ, which also covers fields that nobody knows.
 */
public final class VoteCodec {
  /** More signers than this are not read, as in CometBFT. */
  public static final int MAX_SIGNERS = 10_000;

  /** A protobuf timestamp is of the years 1 to 9999. */
  private static final long FIRST_SECOND = CanonicalBytes.ZERO_TIME.getEpochSecond();

  private static final long LAST_SECOND = 253_402_300_799L;

  private VoteCodec() {}

  /** A vote, whether it is signed already or not. */
  public static SignedVoteProto toProto(SignedVote signed) {
    var vote = signed.vote();
    return SignedVoteProto.newBuilder()
        .setType(vote.type().code())
        .setHeight(vote.height().value())
        .setRound(vote.round().value())
        .setBlockId(toProto(vote.blockId()))
        .setTimestamp(toProto(vote.timestamp()))
        .setValidator(toProto(vote.validator().address()))
        .setSignature(toProto(signed.signature().bytes()))
        .build();
  }

  public static CertificateProto toProto(Certificate certificate) {
    var proto =
        CertificateProto.newBuilder()
            .setType(certificate.type().code())
            .setHeight(certificate.height().value())
            .setRound(certificate.round().value())
            .setBlockId(toProto(certificate.blockId()))
            .setTimestamp(toProto(certificate.timestamp()));
    for (var signer : certificate.signers()) {
      proto.addSigners(
          SignerProto.newBuilder()
              .setValidator(toProto(signer.validator().address()))
              .setSignature(toProto(signer.signature().bytes())));
    }
    return proto.build();
  }

  public static BlockIdProto toProto(BlockId id) {
    return CanonicalBytes.blockId(id);
  }

  public static TimestampProto toProto(Instant time) {
    return CanonicalBytes.timestamp(time);
  }

  /** The bytes themselves, not a copy. */
  public static ByteString toProto(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.asBuffer());
  }

  /**
   * Empty unless type, height, round, block id, time, address and signature are all possible, and a
   * nil vote has the time that nil votes have.
   */
  public static Optional<SignedVote> fromProto(SignedVoteProto proto) {
    var type = VoteType.ofCode(proto.getType());
    var blockId = fromProto(proto.getBlockId());
    var timestamp = fromProto(proto.getTimestamp());
    var validator = validator(proto.getValidator());
    var signature = signature(proto.getSignature());
    if (type.isEmpty()
        || proto.getHeight() < 0
        || proto.getRound() < 0
        || blockId.isEmpty()
        || timestamp.isEmpty()
        || validator.isEmpty()
        || signature.isEmpty()) {
      return Optional.empty();
    }
    var vote =
        new Vote(
            type.get(),
            new Height(proto.getHeight()),
            new Round(proto.getRound()),
            blockId.get(),
            timestamp.get(),
            validator.get());
    if (vote.blockId().isNone() && !vote.timestamp().equals(CanonicalBytes.ZERO_TIME)) {
      return Optional.empty();
    }
    return Optional.of(new SignedVote(vote, signature.get()));
  }

  /**
   * Empty, besides the same, for no block, no signer, too many signers and one that signs twice.
   */
  public static Optional<Certificate> fromProto(CertificateProto proto) {
    var type = VoteType.ofCode(proto.getType());
    var blockId = fromProto(proto.getBlockId()).filter(id -> !id.isNone());
    var timestamp = fromProto(proto.getTimestamp());
    var signers = signers(proto.getSignersList());
    if (type.isEmpty()
        || proto.getHeight() < 0
        || proto.getRound() < 0
        || blockId.isEmpty()
        || timestamp.isEmpty()
        || signers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Certificate(
            type.get(),
            new Height(proto.getHeight()),
            new Round(proto.getRound()),
            blockId.get(),
            timestamp.get(),
            signers.get()));
  }

  /** {@link BlockId#NONE}, or an id of which nothing is missing; empty for what is neither. */
  public static Optional<BlockId> fromProto(BlockIdProto proto) {
    var parts = proto.getPartSetHeader();
    long total = Integer.toUnsignedLong(parts.getTotal());
    if (proto.getHash().isEmpty() && total == 0 && parts.getHash().isEmpty()) {
      return Optional.of(BlockId.NONE);
    }
    if (proto.getHash().size() != Hash.SIZE || parts.getHash().size() != Hash.SIZE || total == 0) {
      return Optional.empty();
    }
    var partSetHeader = new PartSetHeader(total, Hash.copyOf(bytes(parts.getHash())));
    return Optional.of(new BlockId(Hash.copyOf(bytes(proto.getHash())), partSetHeader));
  }

  /** Empty for a time outside the years 1 to 9999. */
  public static Optional<Instant> fromProto(TimestampProto proto) {
    boolean possible =
        proto.getSeconds() >= FIRST_SECOND
            && proto.getSeconds() <= LAST_SECOND
            && proto.getNanos() >= 0
            && proto.getNanos() < 1_000_000_000;
    return possible
        ? Optional.of(Instant.ofEpochSecond(proto.getSeconds(), proto.getNanos()))
        : Optional.empty();
  }

  /** Empty unless there are 20 bytes. */
  public static Optional<ValidatorId> validator(ByteString address) {
    return address.size() == ValidatorId.SIZE
        ? Optional.of(new ValidatorId(bytes(address)))
        : Optional.empty();
  }

  /** Empty unless there are 64 bytes. */
  public static Optional<Signature> signature(ByteString signature) {
    return signature.size() == Signature.SIZE
        ? Optional.of(new Signature(bytes(signature)))
        : Optional.empty();
  }

  private static Optional<List<Certificate.Signer>> signers(List<SignerProto> protos) {
    if (protos.isEmpty() || protos.size() > MAX_SIGNERS) {
      return Optional.empty();
    }
    var signers = new ArrayList<Certificate.Signer>(protos.size());
    var distinct = new HashSet<ValidatorId>();
    for (var proto : protos) {
      var validator = validator(proto.getValidator());
      var signature = signature(proto.getSignature());
      if (validator.isEmpty() || signature.isEmpty() || !distinct.add(validator.get())) {
        return Optional.empty();
      }
      signers.add(new Certificate.Signer(validator.get(), signature.get()));
    }
    return Optional.of(signers);
  }

  private static Bytes bytes(ByteString value) {
    return Bytes.copyOf(value.asReadOnlyByteBuffer());
  }
}
