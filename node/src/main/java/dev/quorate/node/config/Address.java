package dev.quorate.node.config;

import java.net.InetSocketAddress;

/**
 * A host and a port from 1 to 65535.
 *
 * @param host a name or an address; an IPv6 address stands without its brackets
 */
public record Address(String host, int port) {
  public Address {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no address: " + host + ":" + port);
    }
  }

  /** The socket address, resolved now. */
  public InetSocketAddress resolved() {
    return new InetSocketAddress(host, port);
  }

  /** {@code host:port}, or {@code [host]:port} for IPv6. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
