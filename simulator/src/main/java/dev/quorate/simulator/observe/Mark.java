package dev.quorate.simulator.observe;

/**
 * A rare path that runs should have taken, recognised from what is observed. Made anew for every
 * run.
 */
public interface Mark {
  /** The path in a few words, such as {@code restarted while a view change was under way}. */
  String name();

  /** Something happened; true when it shows the path being taken. */
  boolean isHit(Observation observation, World world);
}
