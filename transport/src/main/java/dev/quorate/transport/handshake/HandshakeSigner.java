package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;

/**
 * Signs a handshake statement with the validator's key, which the transport never holds.
 *
 * <p>Called on an event loop, once a connection: it must not block.
 */
@FunctionalInterface
public interface HandshakeSigner {
  /** The signature over exactly these bytes, which begin with the handshake's domain tag. */
  Signature sign(Bytes statement);
}
