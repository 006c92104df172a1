package dev.quorate.transport.handshake;

/** Which end of a connection a signer is: a statement of one end never passes for the other's. */
public enum Role {
  /** Opened the connection, and signs first. */
  DIALER(1),
  /** Took the connection, and signs only for a dialer that it has let in. */
  ACCEPTOR(2);

  private final byte code;

  Role(int code) {
    this.code = (byte) code;
  }

  /** The byte that stands for it in sign bytes. */
  byte code() {
    return code;
  }

  /** The role at the far end. */
  Role other() {
    return this == DIALER ? ACCEPTOR : DIALER;
  }
}
