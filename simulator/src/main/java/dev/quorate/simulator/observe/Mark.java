package dev.quorate.simulator.observe;

import java.util.Set;

/**
 * A rare path that runs should have taken, recognised from what is observed. Made anew for every
 * run.
 */
public interface Mark {
  /** The path in a few words, such as {@code restarted while a view change was under way}. */
  String name();

  /** The kinds of observations that it looks at; of no kind means of every kind. */
  default Set<Class<? extends Observation>> kinds() {
    return Set.of();
  }

  /** Something happened, of its kinds; true when it shows the path being taken. */
  boolean isHit(Observation observation, World world);
}
