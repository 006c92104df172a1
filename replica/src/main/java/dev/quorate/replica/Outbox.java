package dev.quorate.replica;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets own messages out: signed through the guard, encoded once for all who get them. What the
 * engine has to learn of it comes back as an event.
 */
final class Outbox<M extends Message<M>> {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final ValidatorId self;
  private final MessageSigner<M> signer;
  private final MessageCodec<M> codec;
  private final Network network;
  private final Counts counts;

  Outbox(
      ValidatorId self,
      MessageSigner<M> signer,
      MessageCodec<M> codec,
      Network network,
      Counts counts) {
    this.self = self;
    this.signer = signer;
    this.codec = codec;
    this.network = network;
    this.counts = counts;
  }

  /** To every other validator, and to this one's own engine. */
  Event<M> broadcast(M message, Instant now) {
    return switch (signer.sign(message)) {
      case MessageSigner.Outcome.Ready<M>(var signed) -> {
        counts.add(Count.BROADCASTS);
        network.broadcast(frame(signed));
        yield new Event.Received<>(signed, now);
      }
      case MessageSigner.Outcome.Refused<M> refused -> refused(refused);
    };
  }

  /** To one validator; what goes to this one only goes to its engine. */
  Optional<Event<M>> send(ValidatorId to, M message, Instant now) {
    return switch (signer.sign(message)) {
      case MessageSigner.Outcome.Ready<M>(var signed) -> {
        if (to.equals(self)) {
          yield Optional.of(new Event.Received<>(signed, now));
        }
        counts.add(Count.SENDS);
        network.send(to, frame(signed));
        yield Optional.empty();
      }
      case MessageSigner.Outcome.Refused<M> refused -> Optional.of(refused(refused));
    };
  }

  private Bytes frame(Signed<M> signed) {
    return EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(signed.message())));
  }

  private Event<M> refused(MessageSigner.Outcome.Refused<M> refused) {
    counts.add(Count.SIGNATURES_REFUSED);
    LOG.atError()
        .addKeyValue("position", refused.position())
        .addKeyValue("reason", refused.reason())
        .log("the sign guard refused a signature");
    return new Event.SignRefused<>(refused.position());
  }
}
