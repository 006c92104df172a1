package dev.quorate.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubled from the first to the longest, each drawn from the upper half of
 * its range so that peers that lost each other together do not come back together.
 */
final class Backoff {
  private final Duration first;
  private final Duration last;
  private final RandomGenerator random;
  private Duration ceiling;

  Backoff(Duration first, Duration last, RandomGenerator random) {
    this.first = first;
    this.last = last;
    this.random = random;
    ceiling = first;
  }

  /** The next pause, above half of its ceiling and not above it. */
  Duration next() {
    long half = ceiling.toNanos() / 2;
    var pause = ceiling.minusNanos(random.nextLong(half + 1));
    var doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(last) > 0 ? last : doubled;
    return pause;
  }

  /** After a success: the next pause is a first one again. */
  void reset() {
    ceiling = first;
  }
}
