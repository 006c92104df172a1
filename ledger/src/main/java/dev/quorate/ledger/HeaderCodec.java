package dev.quorate.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.ledger.proto.ConsensusVersionProto;
import dev.quorate.ledger.proto.HeaderProto;
import java.util.List;
import java.util.Optional;

/** A header as protobuf, and as the fourteen leaves that its hash is the root of. */
final class HeaderCodec {
  private static final int FIELD_1_VARINT = 0x08;
  private static final int FIELD_1_BYTES = 0x0a;

  private HeaderCodec() {}

  static Hash hash(Header header) {
    return MerkleTree.root(leaves(header));
  }

  /** The encodings of the fields in their order; an empty or zero value is an empty leaf. */
  static List<Bytes> leaves(Header header) {
    return List.of(
        Protos.bytes(version(header)),
        wrapped(Bytes.utf8(header.chainId())),
        wrapped(header.height().value()),
        Protos.bytes(CanonicalBytes.timestamp(header.time())),
        Protos.bytes(CanonicalBytes.blockId(header.lastBlockId())),
        wrapped(header.lastCommitHash().bytes()),
        wrapped(header.dataHash().bytes()),
        wrapped(header.validatorsHash().bytes()),
        wrapped(header.nextValidatorsHash().bytes()),
        wrapped(header.consensusHash().bytes()),
        wrapped(header.appHash()),
        wrapped(header.lastResultsHash().bytes()),
        wrapped(header.evidenceHash().bytes()),
        wrapped(header.proposer().address()));
  }

  static HeaderProto toProto(Header header) {
    return HeaderProto.newBuilder()
        .setVersion(version(header))
        .setChainId(header.chainId())
        .setHeight(header.height().value())
        .setTime(CanonicalBytes.timestamp(header.time()))
        .setLastBlockId(CanonicalBytes.blockId(header.lastBlockId()))
        .setLastCommitHash(Protos.wrap(header.lastCommitHash()))
        .setDataHash(Protos.wrap(header.dataHash()))
        .setValidatorsHash(Protos.wrap(header.validatorsHash()))
        .setNextValidatorsHash(Protos.wrap(header.nextValidatorsHash()))
        .setConsensusHash(Protos.wrap(header.consensusHash()))
        .setAppHash(Protos.wrap(header.appHash()))
        .setLastResultsHash(Protos.wrap(header.lastResultsHash()))
        .setEvidenceHash(Protos.wrap(header.evidenceHash()))
        .setProposerAddress(Protos.wrap(header.proposer().address()))
        .build();
  }

  /** The header that exactly these bytes encode. */
  static Optional<Header> decode(Bytes encoded) {
    try {
      var header = fromProto(HeaderProto.parseFrom(encoded.asBuffer()));
      return Optional.of(header).filter(it -> Protos.bytes(toProto(it)).equals(encoded));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Header fromProto(HeaderProto proto) {
    return new Header(
        proto.getVersion().getBlock(),
        proto.getVersion().getApp(),
        proto.getChainId(),
        new Height(proto.getHeight()),
        Protos.instant(proto.getTime()),
        Protos.blockId(proto.getLastBlockId()),
        Protos.hash(proto.getLastCommitHash()),
        Protos.hash(proto.getDataHash()),
        Protos.hash(proto.getValidatorsHash()),
        Protos.hash(proto.getNextValidatorsHash()),
        Protos.hash(proto.getConsensusHash()),
        Protos.bytes(proto.getAppHash()),
        Protos.hash(proto.getLastResultsHash()),
        Protos.hash(proto.getEvidenceHash()),
        new ValidatorId(Protos.bytes(proto.getProposerAddress())));
  }

  private static ConsensusVersionProto version(Header header) {
    return ConsensusVersionProto.newBuilder()
        .setBlock(header.blockVersion())
        .setApp(header.appVersion())
        .build();
  }

  /** Google's BytesValue and StringValue, for values below 128 bytes. */
  private static Bytes wrapped(Bytes value) {
    if (value.isEmpty()) {
      return Bytes.EMPTY;
    }
    var encoded = new byte[2 + value.length()];
    encoded[0] = FIELD_1_BYTES;
    encoded[1] = (byte) value.length();
    value.copyTo(encoded, 2);
    return Bytes.wrap(encoded);
  }

  /** Google's Int64Value, of a number that is not negative. */
  private static Bytes wrapped(long value) {
    if (value == 0) {
      return Bytes.EMPTY;
    }
    var encoded = new byte[1 + Wire.varintSize(value)];
    encoded[0] = FIELD_1_VARINT;
    Wire.putVarint(encoded, 1, value);
    return Bytes.wrap(encoded);
  }
}
