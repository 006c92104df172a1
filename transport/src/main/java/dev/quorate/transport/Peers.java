package dev.quorate.transport;

import dev.quorate.crypto.PublicKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everybody who may connect, in the order of their keys; fixed at the start. */
final class Peers {
  private final SortedMap<PublicKey, PeerLink> links =
      new TreeMap<>(Comparator.comparing(PublicKey::bytes));

  Peers(TransportConfig config, PeerListener listener) {
    var self = config.self().key();
    for (var peer : config.peers()) {
      boolean called = self.bytes().compareTo(peer.key().bytes()) < 0;
      links.put(peer.key(), new PeerLink(peer.key(), called, listener));
    }
  }

  Optional<PeerLink> find(PublicKey key) {
    return Optional.ofNullable(links.get(key));
  }

  /** For callers from inside, who must know whom they talk about. */
  PeerLink get(PublicKey key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException(key + " is no peer"));
  }

  Collection<PeerLink> all() {
    return Collections.unmodifiableCollection(links.values());
  }
}
