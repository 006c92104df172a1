package dev.quorate.transport;

import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.Refusal;
import java.util.List;
import java.util.Map;

/**
 * What has happened since the start, read at one moment; counters only grow, gauges say so.
 *
 * @param encodedFrames data frames made; a broadcast makes one
 * @param failedDials attempts that did not even reach TCP
 * @param refusals connections refused or cut, every reason present, in the order of {@link Refusal}
 * @param pending gauge: connections that have not shown who they are
 * @param peers one entry for every peer, in the order of their keys
 */
public record TransportCounters(
    long encodedFrames,
    long failedDials,
    Map<Refusal, Long> refusals,
    int pending,
    List<Peer> peers) {
  /**
   * One peer's share. Frames are data frames only; bytes are their bodies, without headers, TLS and
   * pings.
   *
   * @param connected gauge
   * @param connects how often it was let in
   * @param framesOut handed to the socket
   * @param droppedFull refused because too much was waiting already
   * @param droppedUnconnected refused because there was no connection, or lost with it
   * @param queuedFrames gauge: waiting
   * @param queuedBytes gauge: waiting
   */
  public record Peer(
      PublicKey key,
      boolean connected,
      long connects,
      long framesIn,
      long bytesIn,
      long framesOut,
      long bytesOut,
      long droppedFull,
      long droppedUnconnected,
      int queuedFrames,
      long queuedBytes) {}

  /** Peers connected at that moment. */
  public long connectedPeers() {
    return peers.stream().filter(Peer::connected).count();
  }

  /** What one peer has. */
  public Peer peer(PublicKey key) {
    return peers.stream()
        .filter(it -> it.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " is no peer"));
  }
}
