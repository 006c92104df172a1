package dev.quorate.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * The world's time and what is still to happen in it: the only thing that makes time go on.
 *
 * <p>What is due at the same moment happens in an order that the seed decides, so that no code can
 * come to rely on the order of asking.
 */
public final class Agenda implements InstantSource {
  private final Instant beginning;
  private final Chance ties;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>(1024);
  private long now;
  private long sequence;
  private Instant instant;

  /** One thing to happen, at nanoseconds since the beginning. */
  private record Entry(long at, long tie, long sequence, Runnable action)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      if (byTime != 0) {
        return byTime;
      }
      int byTie = Long.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(sequence, other.sequence);
    }
  }

  /** Nothing is to happen, and it is the beginning. */
  public Agenda(Instant beginning, Chance ties) {
    this.beginning = beginning;
    this.instant = beginning;
    this.ties = ties;
  }

  @Override
  public Instant instant() {
    return instant;
  }

  /** Nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** Nanoseconds from the beginning to an instant, which may be before it. */
  public long nanosTo(Instant time) {
    return Duration.between(beginning, time).toNanos();
  }

  /** Something is to happen so many nanoseconds after now. */
  public void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /** The same after a duration. */
  public void after(Duration duration, Runnable action) {
    after(duration.toNanos(), action);
  }

  /** Something is to happen at a time; what is past happens next. */
  public void at(long nanos, Runnable action) {
    entries.add(new Entry(Math.max(nanos, now), ties.nextLong(), sequence++, action));
  }

  /** How much is still to happen. */
  public int size() {
    return entries.size();
  }

  /** Lets the next thing happen if it is due by then, else only time goes on; whether it did. */
  public boolean next(long until) {
    var entry = entries.peek();
    if (entry == null || entry.at() > until) {
      moveTo(until);
      return false;
    }
    entries.remove();
    moveTo(entry.at());
    entry.action().run();
    return true;
  }

  private void moveTo(long nanos) {
    if (nanos != now) {
      now = nanos;
      instant = beginning.plusNanos(nanos);
    }
  }
}
