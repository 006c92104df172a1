package dev.quorate.transport.handshake;

/** Why a connection was not let in, or not kept. The names are stable: metrics carry them. */
public enum Refusal {
  /** Too many connections that have not shown who they are, in total or from one address. */
  TOO_MANY_PENDING("too many connections have not authenticated yet"),
  /** The first bytes were no TLS at all. */
  NOT_TLS("it does not speak TLS"),
  /** TLS found no agreement: another version, no certificate, an alert. */
  TLS_FAILED("TLS was not agreed on"),
  /** TLS was not finished in time. */
  TLS_TIMEOUT("TLS took too long"),
  /** The handshake was not finished in time. */
  HANDSHAKE_TIMEOUT("the handshake took too long"),
  /** The other end hung up before it was let in: a port scan, or it refused us. */
  CLOSED_EARLY("it hung up before the handshake was done"),
  /** A frame's length is above the cap for this stage. */
  FRAME_TOO_LARGE("a frame is larger than allowed"),
  /** A frame began and was not completed in time. */
  FRAME_TOO_SLOW("a frame was not completed in time"),
  /** A frame of an unknown kind, of a kind that has no place here, or with a wrong length. */
  MALFORMED("a frame is malformed or out of place"),
  /** Another protocol version. */
  WRONG_VERSION("it speaks another protocol version"),
  /** Another chain. */
  WRONG_CHAIN("it belongs to another chain"),
  /** The same chain id with another genesis file. */
  WRONG_GENESIS("its genesis file differs from ours"),
  /** A key that is no peer's. */
  UNKNOWN_KEY("its key is no peer's"),
  /** A key of a peer, but not of the one that was dialed: an address book is wrong. */
  UNEXPECTED_KEY("another peer answers at this address"),
  /** Our own key: this node runs twice, or its address book names itself. */
  OWN_KEY("it holds our own key"),
  /** The signature is not the key's for this connection. */
  BAD_SIGNATURE("its signature is not valid for this connection"),
  /** Another instance of this peer is connected and alive. */
  DUPLICATE_INSTANCE("another live instance of this peer is connected"),
  /** Nothing came for as long as the idle deadline. */
  SILENT("nothing was heard until the idle deadline"),
  /** Our own code failed on this connection. */
  FAILED("handling it failed");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /** What happened, to follow "connection refused:" in a log line. */
  public String sentence() {
    return sentence;
  }
}
