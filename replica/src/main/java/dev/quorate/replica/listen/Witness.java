package dev.quorate.replica.listen;

import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers a peer that asks what we hold of it: once a connection, and then once a second, for an
 * answer costs more than the question.
 */
public final class Witness<M extends Message<M>> {
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Engine<M> engine;
  private final MessageCodec<M> codec;
  private final Network network;
  private final Counts counts;
  private final Map<ValidatorId, Instant> answered = new HashMap<>();

  public Witness(Engine<M> engine, MessageCodec<M> codec, Network network, Counts counts) {
    this.engine = engine;
    this.codec = codec;
    this.network = network;
    this.counts = counts;
  }

  /** A peer can be reached, or not any more: its next question is its first. */
  public void link(ValidatorId peer) {
    answered.remove(peer);
  }

  /** Sends what the engine holds of a peer, then how far the engine is itself. */
  public void asked(ValidatorId peer, Instant now) {
    var before = answered.get(peer);
    if (before != null && now.isBefore(before.plus(PAUSE))) {
      counts.add(Count.REQUESTS_REFUSED);
      return;
    }
    answered.put(peer, now);
    for (var message : engine.heardFrom(peer)) {
      send(peer, new Envelope.EngineMessage(codec.encode(message)));
    }
    send(peer, new Envelope.HeardEnd(engine.standing()));
    counts.add(Count.REQUESTS_SERVED);
  }

  private void send(ValidatorId peer, Envelope envelope) {
    network.send(peer, EnvelopeCodec.encode(envelope));
  }
}
