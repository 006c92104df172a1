package dev.quorate.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.MerkleProof;
import dev.quorate.ledger.proto.PartProto;
import dev.quorate.ledger.proto.ProofProto;
import java.util.Optional;

/** A part of a block as protobuf, its proof always written. */
final class PartCodec {
  /** A full part, a proof with as many aunts as may be, and what is around them. */
  static final int MAX_BYTES = PartSet.PART_SIZE + 64 * (MerkleProof.MAX_AUNTS + 2);

  private PartCodec() {}

  static Bytes encode(PartSet.Part part) {
    var proof =
        ProofProto.newBuilder()
            .setTotal(part.proof().total())
            .setIndex(part.proof().index())
            .setLeafHash(Protos.wrap(part.proof().leafHash()));
    part.proof().aunts().forEach(it -> proof.addAunts(Protos.wrap(it)));
    return Protos.bytes(
        PartProto.newBuilder()
            .setIndex(part.index())
            .setBytes(Protos.wrap(part.bytes()))
            .setProof(proof)
            .build());
  }

  static Optional<PartSet.Part> decode(Bytes encoded) {
    if (encoded.length() > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      var part = fromProto(PartProto.parseFrom(encoded.asBuffer()));
      return Optional.of(part).filter(it -> encode(it).equals(encoded));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static PartSet.Part fromProto(PartProto proto) {
    var aunts = proto.getProof().getAuntsList().stream().map(Protos::hash).toList();
    return new PartSet.Part(
        proto.getIndex(),
        Protos.bytes(proto.getBytes()),
        new MerkleProof(
            proto.getProof().getTotal(),
            proto.getProof().getIndex(),
            Protos.hash(proto.getProof().getLeafHash()),
            aunts));
  }
}
