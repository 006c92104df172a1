package dev.quorate.consensus.core;

import dev.quorate.crypto.Bytes;

/** An engine's wire format. Safe for use by several threads. */
public interface MessageCodec<M extends Message<M>> {
  /** The canonical encoding of a message. */
  Bytes encode(M message);

  /**
   * The message that the bytes encode. Never throws: whatever is not exactly what {@link #encode}
   * would write is {@link Decoded.Malformed}. Sizes are checked before anything is allocated.
   */
  Decoded<M> decode(Bytes encoded);
}
