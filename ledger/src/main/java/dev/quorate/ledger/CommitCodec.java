package dev.quorate.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.proto.CommitProto;
import dev.quorate.ledger.proto.CommitSigProto;
import java.io.IOException;
import java.util.Optional;

/** A commit as protobuf. */
final class CommitCodec {
  private CommitCodec() {}

  static Bytes encode(Commit commit) {
    var proto =
        CommitProto.newBuilder()
            .setHeight(commit.height().value())
            .setRound(commit.round().value())
            .setBlockId(CanonicalBytes.blockId(commit.blockId()));
    for (var place : commit.signatures()) {
      proto.addSignatures(toProto(place));
    }
    return Protos.bytes(proto.build());
  }

  static Hash hash(Commit commit) {
    return MerkleTree.root(
        commit.signatures().stream().map(it -> Protos.bytes(toProto(it))).toList());
  }

  static Optional<Commit> decode(Bytes encoded) {
    try {
      if (countSignatures(encoded) > Commit.MAX_SIGNATURES) {
        return Optional.empty();
      }
      var commit = fromProto(CommitProto.parseFrom(encoded.asBuffer()));
      return Optional.of(commit).filter(it -> encode(it).equals(encoded));
    } catch (IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Counts before anything is allocated for what is counted. */
  private static int countSignatures(Bytes encoded) throws IOException {
    var input = CodedInputStream.newInstance(encoded.asBuffer());
    int count = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == CommitProto.SIGNATURES_FIELD_NUMBER) {
        count++;
      }
      input.skipField(tag);
    }
    return count;
  }

  private static Commit fromProto(CommitProto proto) {
    return new Commit(
        new Height(proto.getHeight()),
        new Round(proto.getRound()),
        Protos.blockId(proto.getBlockId()),
        proto.getSignaturesList().stream().map(CommitCodec::fromProto).toList());
  }

  private static CommitSig fromProto(CommitSigProto proto) {
    return new CommitSig(
        CommitSig.Flag.ofCode(proto.getBlockIdFlag())
            .orElseThrow(() -> new IllegalArgumentException("flag " + proto.getBlockIdFlag())),
        present(proto.getValidatorAddress()).map(ValidatorId::new),
        Protos.instant(proto.getTimestamp()),
        present(proto.getSignature()).map(Signature::new));
  }

  private static Optional<Bytes> present(ByteString string) {
    return Optional.of(Protos.bytes(string)).filter(it -> !it.isEmpty());
  }

  private static CommitSigProto toProto(CommitSig place) {
    return CommitSigProto.newBuilder()
        .setBlockIdFlag(place.flag().code())
        .setValidatorAddress(
            place.validator().map(it -> Protos.wrap(it.address())).orElse(ByteString.EMPTY))
        .setTimestamp(CanonicalBytes.timestamp(place.timestamp()))
        .setSignature(place.signature().map(it -> Protos.wrap(it.bytes())).orElse(ByteString.EMPTY))
        .build();
  }
}
