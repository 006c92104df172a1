package dev.quorate.transport;

import java.time.Duration;

/**
 * How long the transport waits; every value is above zero. All members of a network should beat
 * alike.
 *
 * @param tlsDeadline from a connection's first packet to the end of TLS's own handshake
 * @param handshakeDeadline from there until the other end is known
 * @param heartbeat a connection with nothing to say says so this often; one that was silent for
 *     three of them no longer keeps another instance of its peer out
 * @param idleDeadline a connection that was silent for so long is closed; at least 3 heartbeats
 * @param firstRetry pause before a lost peer is dialed again, doubled with every failure
 * @param lastRetry longest pause
 */
public record TransportTiming(
    Duration tlsDeadline,
    Duration handshakeDeadline,
    Duration heartbeat,
    Duration idleDeadline,
    Duration firstRetry,
    Duration lastRetry) {
  /** For a local network. */
  public static final TransportTiming DEFAULT =
      new TransportTiming(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofSeconds(2));

  private static final int HEARTBEATS_OF_A_LIVE_PEER = 3;

  public TransportTiming {
    positive("tlsDeadline", tlsDeadline);
    positive("handshakeDeadline", handshakeDeadline);
    positive("heartbeat", heartbeat);
    positive("firstRetry", firstRetry);
    if (idleDeadline.compareTo(heartbeat.multipliedBy(HEARTBEATS_OF_A_LIVE_PEER)) < 0) {
      throw new IllegalArgumentException(
          "idleDeadline " + idleDeadline + " is below 3 heartbeats of " + heartbeat);
    }
    if (lastRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "lastRetry " + lastRetry + " is below firstRetry " + firstRetry);
    }
  }

  /** A peer that was silent for longer is not live. */
  public Duration liveFor() {
    return heartbeat.multipliedBy(HEARTBEATS_OF_A_LIVE_PEER);
  }

  /** From a frame's first byte to its last: six times the idle deadline, for slow lines. */
  public Duration frameDeadline() {
    return idleDeadline.multipliedBy(6);
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " " + value + " is not above zero");
    }
  }
}
