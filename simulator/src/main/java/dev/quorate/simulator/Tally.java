package dev.quorate.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one or many runs went through.
 *
 * @param faults how often each was done
 * @param marks how often each rare path was taken
 */
public record Tally(
    long runs,
    Duration virtual,
    long blocks,
    long transactions,
    SortedMap<String, Long> faults,
    SortedMap<String, Long> marks) {
  /** Nothing yet. */
  public static final Tally NONE =
      new Tally(0, Duration.ZERO, 0, 0, new TreeMap<>(), new TreeMap<>());

  public Tally {
    faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(
        runs + other.runs,
        virtual.plus(other.virtual),
        blocks + other.blocks,
        transactions + other.transactions,
        sum(faults, other.faults),
        sum(marks, other.marks));
  }

  private static SortedMap<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    var sum = new TreeMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
