package dev.quorate.transport.frame;

import java.util.Optional;

/** What a frame is for; the byte after its length. */
public enum FrameKind {
  /** A handshake's greeting. */
  HELLO(1),
  /** A handshake's signature. */
  STATEMENT(2),
  /** Bytes of the layer above. */
  DATA(3),
  /** No body: the sender is alive and has nothing to say. */
  PING(4);

  private final byte code;

  FrameKind(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<FrameKind> of(byte code) {
    for (var kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
