package dev.quorate.replica;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets own messages out, encoded once for all who get them. What this replica's engine has to learn
 * of one comes back as an event.
 */
final class Outbox<M extends Message<M>> {
  private final ValidatorId self;
  private final MessageCodec<M> codec;
  private final Network network;
  private final Counts counts;

  Outbox(ValidatorId self, MessageCodec<M> codec, Network network, Counts counts) {
    this.self = self;
    this.codec = codec;
    this.network = network;
    this.counts = counts;
  }

  /** A sealed message leaves: to all others and to the own engine, or to one of them. */
  Optional<Event<M>> send(Sealer.Departure.Letter<M> letter, Instant now) {
    var signed = letter.message();
    if (letter.to().isEmpty()) {
      counts.add(Count.BROADCASTS);
      network.broadcast(frame(signed));
      return Optional.of(new Event.Received<>(signed, now));
    }
    var to = letter.to().get();
    if (to.equals(self)) {
      return Optional.of(new Event.Received<>(signed, now));
    }
    counts.add(Count.SENDS);
    network.send(to, frame(signed));
    return Optional.empty();
  }

  private Bytes frame(Signed<M> signed) {
    return EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(signed.message())));
  }
}
