package dev.quorate.consensus.core.vote;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a fresh proposal came when its time says, by CometBFT's rule for proposer-based time.
 *
 * <p>It decides only whether a replica votes for a fresh proposal; a block is never invalid because
 * of a clock.
 *
 * @param precision how far apart the clocks of correct validators are at most
 * @param messageDelay how long a proposal travels at most, in round 0; a tenth more each round, so
 *     that a network slower than foreseen comes to terms in the end
 */
public record Timeliness(Duration precision, Duration messageDelay) {
  /** A block's time is at least so much above its parent's. */
  public static final Duration TICK = Duration.ofMillis(1);

  /** No round's message delay is longer. */
  public static final Duration MAX_MESSAGE_DELAY = Duration.ofHours(24);

  /** Clocks that are further apart are broken. */
  public static final Duration MAX_PRECISION = Duration.ofSeconds(30);

  /** 505 ms and 15 s. */
  public static final Timeliness DEFAULT =
      new Timeliness(Duration.ofMillis(505), Duration.ofSeconds(15));

  private static final double GROWTH = 1.1;

  public Timeliness {
    if (precision.isNegative() || precision.compareTo(MAX_PRECISION) > 0) {
      throw new IllegalArgumentException("precision " + precision + ", at most " + MAX_PRECISION);
    }
    if (messageDelay.isNegative() || messageDelay.compareTo(MAX_MESSAGE_DELAY) > 0) {
      throw new IllegalArgumentException(
          "message delay " + messageDelay + ", at most " + MAX_MESSAGE_DELAY);
    }
  }

  /** The message delay of a round, from 0. */
  public Duration messageDelay(int round) {
    if (round < 0) {
      throw new IllegalArgumentException("round " + round + " is negative");
    }
    // StrictMath: the same on every machine, so that a simulation can be repeated anywhere.
    double seconds = StrictMath.pow(GROWTH, round) * messageDelay.toNanos() / 1e9;
    if (seconds >= MAX_MESSAGE_DELAY.toSeconds()) {
      return MAX_MESSAGE_DELAY;
    }
    return round == 0 ? messageDelay : Duration.ofNanos((long) (seconds * 1e9));
  }

  /**
   * Whether a proposal on such a parent is timely: by its time, or because its parent left it no
   * other one. A chain that has run ahead of the clocks goes on, a tick a block, until they pass
   * it.
   *
   * @param time the proposal's own
   * @param parentsTime the time of the block that it follows
   * @param received when it came from the wire, by the local clock
   * @param round the round, or the views since the last delivered block
   */
  public boolean isTimely(Instant time, Instant parentsTime, Instant received, int round) {
    boolean ahead = time.isAfter(received);
    return isTimely(time, received, round) || (ahead && isEarliest(time, parentsTime));
  }

  /** Times are whole ticks, so the earliest one is less than two ticks above any parent's. */
  private static boolean isEarliest(Instant time, Instant parentsTime) {
    return Duration.between(parentsTime, time).compareTo(TICK.multipliedBy(2)) < 0;
  }

  /**
   * Whether {@code time - precision <= received <= time + messageDelay(round) + precision}.
   *
   * @param time the proposal's own
   * @param received when it came from the wire, by the local clock
   * @param round the round, or the views since the last delivered block
   */
  public boolean isTimely(Instant time, Instant received, int round) {
    var age = Duration.between(time, received);
    return age.compareTo(precision.negated()) >= 0
        && age.compareTo(messageDelay(round).plus(precision)) <= 0;
  }
}
