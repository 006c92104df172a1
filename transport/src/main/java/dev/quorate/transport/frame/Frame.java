package dev.quorate.transport.frame;

import dev.quorate.crypto.Bytes;

/** One whole frame as it came in; its body owns its bytes. */
public record Frame(FrameKind kind, Bytes body) {
  /** Bytes in front of the body: its length plus one for the kind (u32, big-endian), the kind. */
  public static final int HEADER_SIZE = 5;
}
