package dev.quorate.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.proto.BlockIdProto;
import dev.quorate.consensus.core.vote.proto.TimestampProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Instant;

/**
 * Between generated messages and our values, for the codecs of this package. What a message holds
 * that no value can hold is refused with {@link IllegalArgumentException}, which codecs turn into
 * "not decodable".
 */
final class Protos {
  private Protos() {}

  static Bytes bytes(MessageLite message) {
    return Bytes.wrap(message.toByteArray());
  }

  static Bytes bytes(ByteString string) {
    return Bytes.wrap(string.toByteArray());
  }

  static ByteString wrap(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.asBuffer());
  }

  static ByteString wrap(Hash hash) {
    return wrap(hash.bytes());
  }

  static Hash hash(ByteString string) {
    return Hash.copyOf(bytes(string));
  }

  static Instant instant(TimestampProto proto) {
    long seconds = proto.getSeconds();
    int nanos = proto.getNanos();
    if (seconds < Header.MIN_TIME.getEpochSecond()
        || seconds > Header.MAX_TIME.getEpochSecond()
        || nanos < 0
        || nanos > 999_999_999) {
      throw new IllegalArgumentException("no time: " + seconds + " s and " + nanos + " ns");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  static BlockId blockId(BlockIdProto proto) {
    var parts = proto.getPartSetHeader();
    return new BlockId(
        hash(proto.getHash()),
        new PartSetHeader(Integer.toUnsignedLong(parts.getTotal()), hash(parts.getHash())));
  }
}
