package dev.quorate.simulator.byzantine;

import java.time.Duration;

/** A trick and when it is played: from, up to but not including, since the start of the run. */
public record Scene(Trick trick, Duration from, Duration until) {
  /** Refuses an end before the beginning. */
  public Scene {
    if (until.compareTo(from) < 0) {
      throw new IllegalArgumentException("from " + from + " until " + until);
    }
  }

  /** Played all the time. */
  public static Scene always(Trick trick) {
    return new Scene(trick, Duration.ZERO, Duration.ofDays(365));
  }

  @Override
  public String toString() {
    return trick.name() + " from " + from.toMillis() + " to " + until.toMillis() + " ms";
  }
}
