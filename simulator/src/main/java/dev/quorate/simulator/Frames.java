package dev.quorate.simulator;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.Optional;

/**
 * What is in frames, for everybody who looks from outside: the last frame is decoded once, however
 * many look at it, for one frame goes to many.
 */
final class Frames {
  private final MessageCodec<?> codec;
  private Bytes last = Bytes.EMPTY;
  private Optional<Message<?>> message = Optional.empty();
  private String kind = "";

  Frames(MessageCodec<?> codec) {
    this.codec = codec;
  }

  /** The engine's message in a frame, if there is one. */
  Optional<Message<?>> messageIn(Bytes frame) {
    decode(frame);
    return message;
  }

  /** What kind of thing is in a frame, by the name of its type. */
  String kindOf(Bytes frame) {
    decode(frame);
    return kind;
  }

  @SuppressWarnings("ReferenceEquality")
  private void decode(Bytes frame) {
    if (frame == last) {
      return;
    }
    last = frame;
    message = Optional.empty();
    kind = "malformed";
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(var envelope)) {
      kind = envelope.getClass().getSimpleName();
      if (envelope instanceof Envelope.EngineMessage(var encoded)
          && codec.decode(encoded) instanceof Decoded.Ok(var found)) {
        message = Optional.of(found);
        kind = found.getClass().getSimpleName();
      }
    }
  }
}
