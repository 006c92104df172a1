package dev.quorate.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one peer: two lines, each bounded by frames and by bytes, the urgent one
 * served first. Safe for use by several threads.
 */
final class OutboundQueue {
  /** One priority's frames, oldest first. */
  private static final class Line {
    private final ArrayDeque<ByteBuf> frames = new ArrayDeque<>();
    private long bytes;
  }

  private final int maxFrames;
  private final long maxBytes;
  private final Line consensus = new Line();
  private final Line bulk = new Line();
  private boolean closed;

  OutboundQueue(int maxFrames, long maxBytes) {
    this.maxFrames = maxFrames;
    this.maxBytes = maxBytes;
  }

  /** What became of a frame that was offered. */
  enum Offer {
    QUEUED,
    FULL,
    CLOSED
  }

  /** Takes the frame over if it is queued; otherwise it remains the caller's. */
  synchronized Offer offer(ByteBuf frame, Priority priority) {
    if (closed) {
      return Offer.CLOSED;
    }
    var line = line(priority);
    int size = frame.readableBytes();
    if (line.frames.size() >= maxFrames || line.bytes + size > maxBytes) {
      return Offer.FULL;
    }
    line.frames.add(frame);
    line.bytes += size;
    return Offer.QUEUED;
  }

  /** The next frame to send, which is the caller's from here on. */
  synchronized @Nullable ByteBuf poll() {
    var line = consensus.frames.isEmpty() ? bulk : consensus;
    var frame = line.frames.poll();
    if (frame != null) {
      line.bytes -= frame.readableBytes();
    }
    return frame;
  }

  /** Takes nothing more and forgets what waits; the answer is how many frames that were. */
  synchronized int close() {
    closed = true;
    int lost = frames();
    for (var frame = poll(); frame != null; frame = poll()) {
      frame.release();
    }
    return lost;
  }

  synchronized int frames() {
    return consensus.frames.size() + bulk.frames.size();
  }

  synchronized long bytes() {
    return consensus.bytes + bulk.bytes;
  }

  private Line line(Priority priority) {
    return switch (priority) {
      case CONSENSUS -> consensus;
      case BULK -> bulk;
    };
  }
}
