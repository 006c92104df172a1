package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.transport.frame.Frame;
import dev.quorate.transport.frame.FrameDecoder;
import dev.quorate.transport.frame.FrameEncoder;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.handshake.InstanceId;
import dev.quorate.transport.handshake.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a peer that has shown who it is.
 *
 * <p>Out: any thread queues a frame; the event loop moves what waits into the socket's buffer while
 * that has room, urgent frames first, and flushes once for all that it moved. In: frames go up in
 * order, or are held while the peer is paused; then the socket is not read, so no more can be held
 * than one turn of the loop had read. Twice a heartbeat it looks whether the peer has gone silent
 * and whether to say that we have not.
 */
// What fails on a channel ends it, and its end is what we act upon.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Channel channel;
  private final PeerLink link;
  private final InstanceId instance;
  private final FrameDecoder decoder;
  private final Refusals refusals;
  private final TransportTiming timing;
  private final OutboundQueue outbound;
  private final AtomicBoolean drainPlanned = new AtomicBoolean();
  private final ArrayDeque<Bytes> held = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> ticks;
  private long lastWrite = System.nanoTime();

  Connection(
      Channel channel,
      PeerLink link,
      InstanceId instance,
      FrameDecoder decoder,
      Refusals refusals,
      TransportConfig config) {
    this.channel = channel;
    this.link = link;
    this.instance = instance;
    this.decoder = decoder;
    this.refusals = refusals;
    timing = config.timing();
    outbound =
        new OutboundQueue(config.limits().maxQueuedFrames(), config.limits().maxQueuedBytes());
  }

  InstanceId instance() {
    return instance;
  }

  /** Whether something was heard lately; a peer that we do not listen to gets the benefit. */
  boolean isLive() {
    return link.isPaused() || System.nanoTime() - decoder.lastRead() <= timing.liveFor().toNanos();
  }

  /** Queues a frame, from any thread. */
  OutboundQueue.Offer offer(ByteBuf frame, Priority priority) {
    var offer = outbound.offer(frame, priority);
    if (offer == OutboundQueue.Offer.QUEUED && drainPlanned.compareAndSet(false, true)) {
      execute(this::drain);
    }
    return offer;
  }

  /** Reads the socket or stops reading it, as the link now says. */
  void followPause() {
    if (link.isPaused() && channel.eventLoop().inEventLoop()) {
      channel.config().setAutoRead(false);
    } else {
      execute(this::applyPause);
    }
  }

  int queuedFrames() {
    return outbound.frames();
  }

  long queuedBytes() {
    return outbound.bytes();
  }

  void close() {
    Refusals.settle(channel);
    channel.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long period = Math.max(1, timing.heartbeat().toNanos() / 2);
    ticks =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var frame = (Frame) message;
    switch (frame.kind()) {
      case DATA -> arrived(frame.body());
      case PING -> {
        if (!frame.body().isEmpty()) {
          refuse(Refusal.MALFORMED);
        }
      }
      case HELLO, STATEMENT -> refuse(Refusal.MALFORMED);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable() && drainPlanned.compareAndSet(false, true)) {
      execute(this::drain);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.clear();
    link.meter().droppedUnconnected.add(outbound.close());
    link.lost(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case IOException _ -> close();
      case DecoderException _ -> refuse(Refusal.TLS_FAILED);
      default -> failed(cause);
    }
  }

  private void arrived(Bytes body) {
    if (link.isPaused() || !held.isEmpty()) {
      held.add(body);
    } else {
      link.deliver(this, body);
    }
  }

  private void applyPause() {
    try {
      while (!link.isPaused() && !held.isEmpty()) {
        link.deliver(this, held.remove());
      }
    } catch (RuntimeException bug) {
      failed(bug);
    }
    boolean read = !link.isPaused();
    if (read && !channel.config().isAutoRead()) {
      decoder.touch();
    }
    channel.config().setAutoRead(read);
  }

  private void drain() {
    drainPlanned.set(false);
    boolean moved = false;
    while (channel.isWritable()) {
      var frame = outbound.poll();
      if (frame == null) {
        break;
      }
      link.meter().sent(frame.readableBytes() - Frame.HEADER_SIZE);
      channel.write(frame);
      moved = true;
    }
    if (moved) {
      channel.flush();
      lastWrite = System.nanoTime();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (!link.isPaused()) {
      if (now - decoder.lastRead() > timing.idleDeadline().toNanos()) {
        refuse(Refusal.SILENT);
      } else if (decoder.isLate(now, timing.frameDeadline().toNanos())) {
        refuse(Refusal.FRAME_TOO_SLOW);
      }
    }
    if (now - lastWrite >= timing.heartbeat().toNanos() && channel.isWritable()) {
      channel.writeAndFlush(FrameEncoder.encode(FrameKind.PING, Bytes.EMPTY));
      lastWrite = now;
    }
  }

  private void failed(Throwable bug) {
    LOG.atError().setCause(bug).addKeyValue("peer", link.key()).log("a frame was not handled");
    refuse(Refusal.FAILED);
  }

  private void refuse(Refusal reason) {
    decoder.stop();
    refusals.refuse(channel, Optional.of(link.key()), reason);
  }

  /** On the loop; once the transport is closed there is nothing left to do. */
  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException closed) {
      channel.close();
    }
  }
}
