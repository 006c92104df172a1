package dev.quorate.replica;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What a replica has counted since it started. Safe for use by several threads. */
public final class Counts {
  /** How many reasons for ignoring a message are told apart; the rest count as {@link #OTHER}. */
  public static final int MAX_REASONS = 64;

  /** The reason that stands for all reasons beyond the first {@link #MAX_REASONS}. */
  public static final String OTHER = "other";

  private final EnumMap<Count, LongAdder> counts = new EnumMap<>(Count.class);
  private final Map<String, LongAdder> ignored = Collections.synchronizedMap(new TreeMap<>());

  public Counts() {
    for (var count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  /** How often it happened. */
  public long of(Count count) {
    return adder(count).sum();
  }

  /** Messages that the engine ignored, by its reason. */
  public SortedMap<String, Long> ignored() {
    var copy = new TreeMap<String, Long>();
    synchronized (ignored) {
      ignored.forEach((reason, times) -> copy.put(reason, times.sum()));
    }
    return Collections.unmodifiableSortedMap(copy);
  }

  /** It happened once more. */
  public void add(Count count) {
    adder(count).increment();
  }

  /** It happened so often more. */
  public void add(Count count, long times) {
    adder(count).add(times);
  }

  /** A message was ignored. */
  void addIgnored(String reason) {
    synchronized (ignored) {
      boolean known = ignored.containsKey(reason) || ignored.size() < MAX_REASONS;
      ignored.computeIfAbsent(known ? reason : OTHER, _ -> new LongAdder()).increment();
    }
  }

  private LongAdder adder(Count count) {
    var adder = counts.get(count);
    if (adder == null) {
      throw new IllegalStateException(count + " is not counted");
    }
    return adder;
  }
}
