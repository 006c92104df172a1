package dev.quorate.node;

import dev.quorate.node.config.Address;
import dev.quorate.node.config.NodeConfig;
import java.io.IOException;
import java.net.ServerSocket;

/** Sees to it that a start fails for a taken port before it has touched anything. */
final class FreeAddress {
  private FreeAddress() {}

  /** Refuses a configuration with an address that we cannot listen on. */
  static void require(NodeConfig config) {
    require("api.listen", config.api());
    require("p2p.listen", config.p2p().listen());
    require("ops.listen", config.ops());
  }

  private static void require(String key, Address address) {
    var socketAddress = address.resolved();
    if (socketAddress.isUnresolved()) {
      throw new StartRefused("%s = \"%s\": nobody knows this host".formatted(key, address));
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(socketAddress);
    } catch (IOException e) {
      throw new StartRefused(
          "%s = \"%s\" cannot be listened on: %s".formatted(key, address, e.getMessage()));
    }
  }
}
