package dev.quorate.gateway.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections are open, in all and from each address; shared by all event loops. */
public final class ConnectionCounts {
  private final int limit;
  private final int limitPerAddress;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  public ConnectionCounts(int limit, int limitPerAddress) {
    this.limit = limit;
    this.limitPerAddress = limitPerAddress;
  }

  /** Takes a place; false if there is none. */
  boolean enter(String address) {
    if (all.incrementAndGet() > limit) {
      all.decrementAndGet();
      return false;
    }
    if (byAddress.merge(address, 1, Integer::sum) > limitPerAddress) {
      leave(address);
      return false;
    }
    return true;
  }

  void leave(String address) {
    all.decrementAndGet();
    byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  public int open() {
    return all.get();
  }
}
