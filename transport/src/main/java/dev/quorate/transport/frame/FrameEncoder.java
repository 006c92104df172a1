package dev.quorate.transport.frame;

import dev.quorate.crypto.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Puts the header in front of a body.
 *
 * <p>The buffers live on the heap and outside any pool, so one of them can be sent to many peers as
 * duplicates, and one that is forgotten is no leak.
 */
public final class FrameEncoder {
  /** Up to here copying a body behind its header costs less than carrying two buffers. */
  private static final int COPY_LIMIT = 1024;

  private FrameEncoder() {}

  /** The frame; a large body is shared with the buffer, not copied. */
  public static ByteBuf encode(FrameKind kind, Bytes body) {
    boolean copied = body.length() <= COPY_LIMIT;
    var start = new byte[Frame.HEADER_SIZE + (copied ? body.length() : 0)];
    ByteBuffer.wrap(start).putInt(body.length() + 1).put(kind.code());
    if (copied) {
      body.copyTo(start, Frame.HEADER_SIZE);
      return Unpooled.wrappedBuffer(start);
    }
    return Unpooled.wrappedBuffer(ByteBuffer.wrap(start), body.asBuffer());
  }
}
