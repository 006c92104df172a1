package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.Refusal;

/**
 * Hears what peers do.
 *
 * <p>All calls about one peer come one after the other: connected, its frames in the order in which
 * it sent them, disconnected. They come on an event loop that serves other peers too, so they must
 * return at once and must not close the transport. A listener that cannot take more calls {@link
 * Transport#pause(PublicKey)}, also from inside {@link #onFrame}. What it throws costs the
 * connection.
 */
public interface PeerListener {
  /** A whole frame. The bytes belong to the listener. */
  void onFrame(PublicKey peer, Bytes frame);

  /** From now on frames can be sent to this peer; whatever was sent before is lost. */
  void onConnected(PublicKey peer);

  /** Frames still waiting for this peer are lost; the transport goes on trying to reach it. */
  void onDisconnected(PublicKey peer);

  /**
   * A connection was refused or cut for cause, after it was counted; whose it was may be unknown.
   */
  default void onRefused(Refusal reason) {}
}
