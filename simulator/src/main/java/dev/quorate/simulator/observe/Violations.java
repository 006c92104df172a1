package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What oracles found in one run, in order. */
public final class Violations {
  /** How many are kept; a run that has so many has nothing more to tell. */
  public static final int MAX = 16;

  private final InstantSource clock;
  private final List<Violation> found = new ArrayList<>();

  /**
   * Nothing is found yet.
   *
   * @param clock the world's
   */
  public Violations(InstantSource clock) {
    this.clock = clock;
  }

  /** A rule does not hold. */
  public void report(String oracle, ValidatorId node, String text) {
    Instant now = clock.instant();
    if (found.size() < MAX) {
      found.add(new Violation(oracle, now, node, text));
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The first {@link #MAX}. */
  public List<Violation> found() {
    return List.copyOf(found);
  }
}
