package dev.quorate.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one peer called: one attempt or connection at a time, and a pause between one's end and the
 * next. For a peer that calls us it knocks once.
 *
 * <p>All state belongs to one event loop. A name is looked up away from it, because the JDK's
 * look-up blocks.
 */
final class Dialer {
  private final PeerLink link;
  private final PeerAddress address;
  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final Backoff backoff;
  private final LongAdder failures;
  private @Nullable ScheduledFuture<?> pause;
  private volatile boolean stopped;

  /** The bootstrap is set up but for its address; it must use {@code loop}. */
  Dialer(
      PeerLink link,
      PeerAddress address,
      Bootstrap bootstrap,
      EventLoop loop,
      Backoff backoff,
      LongAdder failures) {
    this.link = link;
    this.address = address;
    this.bootstrap = bootstrap;
    this.loop = loop;
    this.backoff = backoff;
    this.failures = failures;
  }

  void start() {
    link.onKnock(() -> loop.execute(this::hurry));
    loop.execute(this::dial);
  }

  /** Nothing is dialed any more. */
  void stop() {
    stopped = true;
  }

  private void hurry() {
    if (pause != null && pause.cancel(false)) {
      dial();
    }
  }

  private void dial() {
    pause = null;
    if (!stopped) {
      Thread.ofVirtual().name("quorate-look-up").start(this::lookUp);
    }
  }

  private void lookUp() {
    var found = new InetSocketAddress(address.host(), address.port());
    try {
      loop.execute(() -> connect(found));
    } catch (RejectedExecutionException closed) {
      stop();
    }
  }

  private void connect(InetSocketAddress to) {
    if (stopped) {
      return;
    }
    if (to.isUnresolved()) {
      failures.increment();
      again();
      return;
    }
    ChannelFuture attempt = bootstrap.connect(to);
    attempt.addListener(
        _ -> {
          if (attempt.isSuccess()) {
            watch(attempt.channel());
          } else {
            failures.increment();
            again();
          }
        });
  }

  private void watch(Channel channel) {
    long before = link.meter().connects.sum();
    channel
        .closeFuture()
        .addListener(
            _ -> {
              if (link.meter().connects.sum() > before) {
                backoff.reset();
              }
              again();
            });
  }

  private void again() {
    if (!stopped && link.isCalled()) {
      pause = loop.schedule(this::dial, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
