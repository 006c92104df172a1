package dev.quorate.replica.sync;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A net that only keeps what is sent; some peers can be cut off. */
final class Wire implements Network {
  final List<ValidatorId> to = new ArrayList<>();
  final List<Envelope> sent = new ArrayList<>();
  final Set<ValidatorId> cutOff = new HashSet<>();

  @Override
  public boolean send(ValidatorId peer, Bytes frame) {
    if (cutOff.contains(peer)
        || !(EnvelopeCodec.decode(frame) instanceof Decoded.Ok(var envelope))) {
      return false;
    }
    to.add(peer);
    sent.add(envelope);
    return true;
  }

  @Override
  public void broadcast(Bytes frame) {
    throw new IllegalStateException("requests go to one peer");
  }
}
