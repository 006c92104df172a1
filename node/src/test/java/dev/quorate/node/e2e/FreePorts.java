package dev.quorate.node.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/** Finds a stretch of ports that nobody listens on. */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private FreePorts() {}

  /** A base such that so many ports from it on are free at this moment. */
  public static int base(int count) {
    var random = new SplittableRandom(ProcessHandle.current().pid() ^ System.nanoTime());
    for (int attempt = 0; attempt < 100; attempt++) {
      int base = random.nextInt(LOWEST, HIGHEST - count);
      if (areFree(base, count)) {
        return base;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
  }

  private static boolean areFree(int base, int count) {
    for (int port = base; port < base + count; port++) {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException _) {
        return false;
      }
    }
    return true;
  }
}
