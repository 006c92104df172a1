package dev.quorate.transport;

import dev.quorate.crypto.PublicKey;

/**
 * A validator that may connect to us, and where it listens.
 *
 * @param key from genesis
 * @param host a name or an address; a name is looked up again for every attempt
 * @param port 1 to 65,535
 */
public record PeerAddress(PublicKey key, String host, int port) {
  public PeerAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 1..65535");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
