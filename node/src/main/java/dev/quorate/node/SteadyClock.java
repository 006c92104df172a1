package dev.quorate.node;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A time that only moves on, whoever sets the machine's clock forth or back: the time at its start,
 * and since then what the processor has counted.
 */
final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;

  private SteadyClock(Instant start) {
    this.start = start;
    this.startNanos = System.nanoTime();
  }

  static SteadyClock startedAt(Instant now) {
    return new SteadyClock(now);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
