package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.InstanceId;
import dev.quorate.transport.handshake.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that lasts about one peer while connections come and go; there is at most one at a time.
 *
 * <p>The one with the lower key calls. The other only knocks, once, when it starts: a connection
 * that is authenticated and then closed, upon which the caller calls at once instead of waiting out
 * its pause. So two connections never have to be weighed against each other.
 *
 * <p>The listener is called under this object's lock, which puts all calls about a peer in one
 * order. Sending takes no part in that lock.
 */
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  private final PublicKey key;
  private final boolean called;
  private final PeerListener listener;
  private final PeerMeter meter = new PeerMeter();
  private volatile @Nullable Connection current;
  private volatile boolean paused;
  private Runnable redial = () -> {};

  /** {@code called} says that we are the one who calls this peer. */
  PeerLink(PublicKey key, boolean called, PeerListener listener) {
    this.key = key;
    this.called = called;
    this.listener = listener;
  }

  PublicKey key() {
    return key;
  }

  /** Whether it is we who call; otherwise we knock and are called. */
  boolean isCalled() {
    return called;
  }

  /** What to do when the peer has knocked and there is no connection. */
  synchronized void onKnock(Runnable dialAtOnce) {
    redial = dialAtOnce;
  }

  /** Makes an authenticated connection the peer's, or says why not. */
  synchronized Optional<Refusal> adopt(Connection candidate) {
    if (isHeldAgainst(candidate.instance())) {
      return Optional.of(Refusal.DUPLICATE_INSTANCE);
    }
    drop();
    current = candidate;
    meter.connects.increment();
    LOG.atInfo()
        .addKeyValue("peer", key)
        .addKeyValue("instance", candidate.instance())
        .log("peer connected");
    listener.onConnected(key);
    return Optional.empty();
  }

  /** An authenticated knock; refused like a connection would be. */
  synchronized Optional<Refusal> knocked(InstanceId instance) {
    if (isHeldAgainst(instance)) {
      return Optional.of(Refusal.DUPLICATE_INSTANCE);
    }
    var old = current;
    if (old != null && !old.instance().equals(instance)) {
      drop();
    }
    redial.run();
    return Optional.empty();
  }

  /** A connection has ended, perhaps one that was replaced long ago. */
  synchronized void lost(Connection gone) {
    if (current == gone) {
      forget();
    }
  }

  /** Hands a frame up, unless its connection has been replaced. */
  synchronized void deliver(Connection from, Bytes frame) {
    if (current == from) {
      meter.received(frame.length());
      listener.onFrame(key, frame);
    }
  }

  /** Queues the frame, which is taken over in any case. */
  boolean send(ByteBuf frame, Priority priority) {
    var connection = current;
    var offer = connection == null ? OutboundQueue.Offer.CLOSED : connection.offer(frame, priority);
    switch (offer) {
      case QUEUED -> {
        return true;
      }
      case FULL -> meter.droppedFull.increment();
      case CLOSED -> meter.droppedUnconnected.increment();
    }
    frame.release();
    return false;
  }

  boolean isConnected() {
    return current != null;
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean wanted) {
    paused = wanted;
    var connection = current;
    if (connection != null) {
      connection.followPause();
    }
  }

  PeerMeter meter() {
    return meter;
  }

  TransportCounters.Peer counters() {
    var connection = current;
    return new TransportCounters.Peer(
        key,
        connection != null,
        meter.connects.sum(),
        meter.framesIn.sum(),
        meter.bytesIn.sum(),
        meter.framesOut.sum(),
        meter.bytesOut.sum(),
        meter.droppedFull.sum(),
        meter.droppedUnconnected.sum(),
        connection == null ? 0 : connection.queuedFrames(),
        connection == null ? 0 : connection.queuedBytes());
  }

  private boolean isHeldAgainst(InstanceId instance) {
    var held = current;
    return held != null && held.isLive() && !held.instance().equals(instance);
  }

  private void drop() {
    var old = current;
    if (old != null) {
      old.close();
      forget();
    }
  }

  private void forget() {
    current = null;
    LOG.atInfo().addKeyValue("peer", key).log("peer lost");
    listener.onDisconnected(key);
  }
}
