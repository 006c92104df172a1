package dev.quorate.simulator.fault;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often what was done. */
public final class Incidents {
  private final TreeMap<String, Long> counts = new TreeMap<>();

  public void add(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  public void add(String name, long times) {
    if (times > 0) {
      counts.merge(name, times, Long::sum);
    }
  }

  public SortedMap<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
