package dev.quorate.transport;

import dev.quorate.crypto.TlsIdentity;
import dev.quorate.transport.handshake.LocalPeer;
import dev.quorate.transport.handshake.NetworkIdentity;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;

/**
 * Everything a transport is told at its start.
 *
 * @param self who we are
 * @param network the network that we belong to
 * @param tls shown to peers, and bound to {@code self} by the handshake
 * @param listen where peers reach us
 * @param peers everybody else; nobody but them is let in
 * @param limits how much may be held
 * @param timing how long may be waited
 * @param seed of the jitter in the pauses between attempts
 */
public record TransportConfig(
    LocalPeer self,
    NetworkIdentity network,
    TlsIdentity tls,
    InetSocketAddress listen,
    List<PeerAddress> peers,
    TransportLimits limits,
    TransportTiming timing,
    long seed) {
  public TransportConfig {
    peers = List.copyOf(peers);
    var keys = new HashSet<>();
    for (var peer : peers) {
      if (peer.key().equals(self.key())) {
        throw new IllegalArgumentException("peer " + peer + " has our own key");
      }
      if (!keys.add(peer.key())) {
        throw new IllegalArgumentException("peer " + peer + " has the key of another peer");
      }
    }
  }
}
