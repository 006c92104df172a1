package dev.quorate.gateway.stream;

import dev.quorate.gateway.GatewayConfig.StreamBounds;
import io.vertx.core.Future;
import java.util.concurrent.Executor;

/**
 * What waits to leave for one client, in frames and bytes.
 *
 * <p>It is full from the moment it reaches a bound until it has fallen to half of both; how long it
 * has been full tells a slow client from a busy one. Belongs to the streams' thread.
 */
final class Outbound {
  /** The way to one client. */
  interface Wire {
    /** Writes a frame, or keeps it until {@link #flush()}. */
    void write(String frame);

    /** Completes, on any thread, when all that was written is with the operating system. */
    Future<Void> flush();
  }

  private final Wire wire;
  private final Executor streams;
  private final Runnable onRoom;
  private final StreamBounds bounds;
  private final OutboundBudget budget;

  private int frames;
  private long bytes;
  private int unflushedFrames;
  private long unflushedBytes;
  private boolean full;
  private long fullSince;

  Outbound(
      Wire wire, StreamBounds bounds, OutboundBudget budget, Executor streams, Runnable onRoom) {
    this.wire = wire;
    this.bounds = bounds;
    this.budget = budget;
    this.streams = streams;
    this.onRoom = onRoom;
  }

  /** Whether the next frame has to wait. */
  boolean isFull() {
    return full || budget.isSpent();
  }

  /** Whether it has been full for longer than a client that reads would leave it. */
  boolean isStuck(long now) {
    return full && now - fullSince > bounds.slowAfter().toNanos();
  }

  /** Sends a frame, however full it is: who sends asks first. */
  void send(String frame) {
    wire.write(frame);
    budget.take(frame.length());
    frames++;
    bytes += frame.length();
    unflushedFrames++;
    unflushedBytes += frame.length();
    if (!full
        && (frames >= bounds.outboundFrames() || bytes >= budget.share(bounds.outboundBytes()))) {
      full = true;
      fullSince = System.nanoTime();
    }
  }

  /** Ends a run of frames. */
  void flush() {
    if (unflushedFrames > 0) {
      int left = unflushedFrames;
      long leftBytes = unflushedBytes;
      unflushedFrames = 0;
      unflushedBytes = 0;
      wire.flush().onComplete(_ -> streams.execute(() -> gone(left, leftBytes)));
    }
  }

  private void gone(int left, long leftBytes) {
    frames -= left;
    bytes -= leftBytes;
    budget.giveBack(leftBytes);
    boolean halfEmpty =
        2 * frames <= bounds.outboundFrames() && 2 * bytes <= budget.share(bounds.outboundBytes());
    if (full && halfEmpty) {
      full = false;
      onRoom.run();
    }
  }
}
