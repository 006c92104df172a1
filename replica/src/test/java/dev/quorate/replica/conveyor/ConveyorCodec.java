package dev.quorate.replica.conveyor;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.crypto.Bytes;
import java.nio.ByteBuffer;

/** One byte for the kind, then what it holds. */
final class ConveyorCodec implements MessageCodec<ConveyorMessage> {
  private static final byte PROPOSE = 1;
  private static final byte BALLOT = 2;
  private static final byte TIP = 3;

  private final BlockReader blocks;

  ConveyorCodec(BlockReader blocks) {
    this.blocks = blocks;
  }

  @Override
  public Bytes encode(ConveyorMessage message) {
    return switch (message) {
      case ConveyorMessage.Propose(var round, var block) -> {
        var encoded = block.body().encoded();
        var buffer = ByteBuffer.allocate(5 + encoded.length());
        buffer.put(PROPOSE).putInt(round.value());
        encoded.copyTo(buffer);
        yield Bytes.wrap(buffer.array());
      }
      case ConveyorMessage.Ballot(var vote) -> {
        var encoded = VoteCodec.toProto(vote).toByteArray();
        yield Bytes.wrap(ByteBuffer.allocate(1 + encoded.length).put(BALLOT).put(encoded).array());
      }
      case ConveyorMessage.Tip(var height, var round) -> {
        var buffer = ByteBuffer.allocate(13).put(TIP).putLong(height.value());
        yield Bytes.wrap(buffer.putInt(round.value()).array());
      }
    };
  }

  @Override
  public Decoded<ConveyorMessage> decode(Bytes encoded) {
    if (encoded.isEmpty()) {
      return malformed("nothing");
    }
    var rest = encoded.slice(1, encoded.length());
    return switch (encoded.at(0)) {
      case PROPOSE -> propose(rest);
      case BALLOT -> ballot(rest);
      case TIP -> tip(rest);
      default -> malformed("kind " + encoded.at(0));
    };
  }

  private Decoded<ConveyorMessage> propose(Bytes bytes) {
    if (bytes.length() < 4 || bytes.at(0) < 0) {
      return malformed("no round");
    }
    var round = new Round(bytes.asBuffer().getInt());
    var block = blocks.read(bytes.slice(4, bytes.length()));
    return block.isPresent()
        ? new Decoded.Ok<>(new ConveyorMessage.Propose(round, block.get()))
        : malformed("no block");
  }

  private static Decoded<ConveyorMessage> ballot(Bytes bytes) {
    try {
      var vote = VoteCodec.fromProto(SignedVoteProto.parseFrom(bytes.asBuffer()));
      if (vote.isEmpty()
          || !Bytes.wrap(VoteCodec.toProto(vote.get()).toByteArray()).equals(bytes)) {
        return malformed("no vote");
      }
      return new Decoded.Ok<>(new ConveyorMessage.Ballot(vote.get()));
    } catch (InvalidProtocolBufferException notProto) {
      return malformed("no protobuf");
    }
  }

  private static Decoded<ConveyorMessage> tip(Bytes bytes) {
    if (bytes.length() != 12 || bytes.at(0) < 0 || bytes.at(8) < 0) {
      return malformed("no height and round");
    }
    var buffer = bytes.asBuffer();
    var height = new Height(buffer.getLong());
    return new Decoded.Ok<>(new ConveyorMessage.Tip(height, new Round(buffer.getInt())));
  }

  private static Decoded<ConveyorMessage> malformed(String reason) {
    return new Decoded.Malformed<>(reason);
  }
}
