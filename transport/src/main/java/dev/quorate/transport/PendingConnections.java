package dev.quorate.transport;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that came in and have not shown who they are: bounded in total and for each address,
 * so that strangers can hold only so much. Safe for use by several threads.
 */
final class PendingConnections {
  private final int max;
  private final int maxPerAddress;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;

  PendingConnections(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /** Whether there was room; if so, {@link #leave} must follow. */
  synchronized boolean enter(InetAddress address) {
    int same = byAddress.getOrDefault(address, 0);
    if (total >= max || same >= maxPerAddress) {
      return false;
    }
    byAddress.put(address, same + 1);
    total++;
    return true;
  }

  /** Gives the place back. */
  synchronized void leave(InetAddress address) {
    byAddress.computeIfPresent(address, (_, same) -> same == 1 ? null : same - 1);
    total--;
  }

  synchronized int total() {
    return total;
  }
}
