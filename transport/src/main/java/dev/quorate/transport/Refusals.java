package dev.quorate.transport;

import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.Refusal;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to end a connection for cause: counted once, logged at a bounded rate, closed.
 *
 * <p>A line is written at most once in ten seconds for a peer and reason, or for a reason where the
 * peer is not known; the next one says how many went unwritten. So a stranger can neither fill the
 * log nor make this object grow.
 */
final class Refusals {
  private record Cause(Optional<PublicKey> peer, Refusal reason) {}

  /** Lines of one cause: when the last one was written, and how many were not since. */
  private record Window(long writtenAt, long unwritten, boolean write) {
    static Window next(Window last, long now) {
      return now - last.writtenAt < QUIET.toNanos()
          ? new Window(last.writtenAt, last.write ? 1 : last.unwritten + 1, false)
          : new Window(now, last.write ? 0 : last.unwritten, true);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final AttributeKey<Boolean> REFUSED = AttributeKey.valueOf("quorate.refused");

  private final PeerListener listener;
  private final Map<Refusal, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Cause, Window> windows = new ConcurrentHashMap<>();

  Refusals(PeerListener listener) {
    this.listener = listener;
  }

  /** Closes the connection; only the first reason counts. */
  void refuse(Channel channel, Optional<PublicKey> peer, Refusal reason) {
    if (settle(channel)) {
      count(reason).increment();
      log(channel, peer, reason);
      listener.onRefused(reason);
    }
    var _ = channel.close();
  }

  /** Lets the connection end without a reason; false if it has ended already. */
  static boolean settle(Channel channel) {
    return channel.attr(REFUSED).setIfAbsent(true) == null;
  }

  Map<Refusal, Long> counts() {
    var read = new EnumMap<Refusal, Long>(Refusal.class);
    for (var reason : Refusal.values()) {
      read.put(reason, count(reason).sum());
    }
    return Collections.unmodifiableMap(read);
  }

  private LongAdder count(Refusal reason) {
    return counts.computeIfAbsent(reason, _ -> new LongAdder());
  }

  private void log(Channel channel, Optional<PublicKey> peer, Refusal reason) {
    long now = System.nanoTime();
    var window =
        windows.merge(
            new Cause(peer, reason),
            new Window(now, 0, true),
            (last, first) -> Window.next(last, now));
    if (window.write()) {
      LOG.atWarn()
          .addKeyValue("reason", reason)
          .addKeyValue("peer", peer.map(key -> key.bytes().slice(0, 4).hex()).orElse("unknown"))
          .addKeyValue("address", channel.remoteAddress())
          .addKeyValue("unwritten", window.unwritten())
          .log("connection refused: {}", reason.sentence());
    }
  }
}
