package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.Refusal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a listener hears until a test asks for it. */
class Inbox implements PeerListener {
  /** Far longer than anything takes; reached only when it never comes. */
  static final long PATIENCE_SECONDS = 30;

  record Received(PublicKey from, Bytes frame) {}

  private final BlockingQueue<Received> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<PublicKey> connected = new LinkedBlockingQueue<>();
  private final BlockingQueue<PublicKey> disconnected = new LinkedBlockingQueue<>();
  private final BlockingQueue<Refusal> refused = new LinkedBlockingQueue<>();

  @Override
  public void onFrame(PublicKey peer, Bytes frame) {
    frames.add(new Received(peer, frame));
  }

  @Override
  public void onConnected(PublicKey peer) {
    connected.add(peer);
  }

  @Override
  public void onDisconnected(PublicKey peer) {
    disconnected.add(peer);
  }

  @Override
  public void onRefused(Refusal reason) {
    refused.add(reason);
  }

  Received frame() {
    return take(frames, "frame");
  }

  PublicKey connected() {
    return take(connected, "connection");
  }

  PublicKey disconnected() {
    return take(disconnected, "disconnection");
  }

  Refusal refused() {
    return take(refused, "refusal");
  }

  /** Waits for this refusal, whatever else is refused before. */
  void awaitRefused(Refusal wanted) {
    Refusal seen = refused();
    while (seen != wanted) {
      seen = refused();
    }
  }

  /** Waits for this peer, whoever else comes before. */
  void awaitConnected(PublicKey wanted) {
    PublicKey seen = connected();
    while (!seen.equals(wanted)) {
      seen = connected();
    }
  }

  boolean hasFrames() {
    return !frames.isEmpty();
  }

  boolean hasDisconnections() {
    return !disconnected.isEmpty();
  }

  boolean hasRefusals() {
    return !refused.isEmpty();
  }

  private static <T> T take(BlockingQueue<T> queue, String what) {
    try {
      T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(taken).as("a " + what + " within " + PATIENCE_SECONDS + " s").isNotNull();
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
