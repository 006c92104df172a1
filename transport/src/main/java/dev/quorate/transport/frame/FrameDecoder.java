package dev.quorate.transport.frame;

import dev.quorate.crypto.Bytes;
import dev.quorate.transport.handshake.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames out of the decrypted stream and hands them on one by one.
 *
 * <p>A length is checked against the cap before a byte is allocated for it; the body is then copied
 * once, from the socket's buffer into the array that it keeps. After the first fault, and after
 * {@link #stop()}, nothing more is read.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
  /** Is told of the fault; expected to close the connection. */
  @FunctionalInterface
  public interface OnFault {
    void refuse(Refusal reason);
  }

  private final OnFault onFault;
  private final byte[] header = new byte[Frame.HEADER_SIZE];
  private int headerFilled;
  private @Nullable FrameKind kind;
  private byte[] body = new byte[0];
  private int bodyFilled;
  private int maxBodyBytes;
  private boolean stopped;
  private long frameBegan;
  private volatile long lastRead = System.nanoTime();

  public FrameDecoder(int maxBodyBytes, OnFault onFault) {
    this.maxBodyBytes = maxBodyBytes;
    this.onFault = onFault;
  }

  /** Sets the cap for the frames that follow. */
  public void allow(int bytes) {
    maxBodyBytes = bytes;
  }

  /** Everything from here on is ignored. */
  public void stop() {
    stopped = true;
    body = new byte[0];
  }

  /** When bytes last came, in {@link System#nanoTime()}; may be asked from any thread. */
  public long lastRead() {
    return lastRead;
  }

  /** Lets the present count as the time of the last bytes: we were the ones who did not read. */
  public void touch() {
    lastRead = System.nanoTime();
    frameBegan = lastRead;
  }

  /** Whether a frame has begun that many nanoseconds ago and is not complete. */
  public boolean isLate(long now, long deadlineNanos) {
    return headerFilled > 0 && now - frameBegan > deadlineNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    try {
      lastRead = System.nanoTime();
      while (!stopped && in.isReadable()) {
        read(context, in);
      }
    } finally {
      in.release();
    }
  }

  private void read(ChannelHandlerContext context, ByteBuf in) {
    if (kind == null && !readHeader(in)) {
      return;
    }
    int some = Math.min(in.readableBytes(), body.length - bodyFilled);
    in.readBytes(body, bodyFilled, some);
    bodyFilled += some;
    if (kind != null && bodyFilled == body.length) {
      var frame = new Frame(kind, Bytes.wrap(body));
      kind = null;
      headerFilled = 0;
      body = new byte[0];
      bodyFilled = 0;
      context.fireChannelRead(frame);
    }
  }

  /** True once the header is complete and good, and there is room for its body. */
  private boolean readHeader(ByteBuf in) {
    if (headerFilled == 0) {
      frameBegan = lastRead;
    }
    int some = Math.min(in.readableBytes(), Frame.HEADER_SIZE - headerFilled);
    in.readBytes(header, headerFilled, some);
    headerFilled += some;
    if (headerFilled >= Integer.BYTES && length() > maxBodyBytes + 1L) {
      fault(Refusal.FRAME_TOO_LARGE);
      return false;
    }
    if (headerFilled < Frame.HEADER_SIZE) {
      return false;
    }
    var known = FrameKind.of(header[Integer.BYTES]);
    if (length() == 0 || known.isEmpty()) {
      fault(Refusal.MALFORMED);
      return false;
    }
    kind = known.get();
    body = new byte[(int) length() - 1];
    return true;
  }

  /** Bytes after the length field: 0 to 2^32 - 1. */
  private long length() {
    return (header[0] & 0xFFL) << 24
        | (header[1] & 0xFFL) << 16
        | (header[2] & 0xFFL) << 8
        | (header[3] & 0xFFL);
  }

  private void fault(Refusal reason) {
    stop();
    onFault.refuse(reason);
  }
}
