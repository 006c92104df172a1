package dev.quorate.node;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.replica.Network;
import dev.quorate.transport.Transport;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The replica's way to the other validators; leads nowhere until there is a transport. */
final class PeerNetwork implements Network {
  private final Map<ValidatorId, PublicKey> keys;
  private volatile @Nullable Transport transport;

  PeerNetwork(ValidatorSet validators, ValidatorId self) {
    this.keys =
        validators.members().stream()
            .filter(member -> !member.id().equals(self))
            .collect(Collectors.toMap(Validator::id, Validator::key));
  }

  /** Opens the way. */
  void attach(Transport started) {
    transport = started;
  }

  @Override
  public boolean send(ValidatorId to, Bytes frame) {
    var way = transport;
    var key = keys.get(to);
    return way != null && key != null && way.send(key, frame);
  }

  @Override
  public void broadcast(Bytes frame) {
    var way = transport;
    if (way != null) {
      way.broadcast(frame);
    }
  }
}
