package dev.quorate.simulator.canary;

import dev.quorate.mutants.Mutant;

/**
 * A sin and who must see it.
 *
 * @param oracle its number, such as {@code O1}
 * @param course what the runs look like
 * @param seed the first seed from 1 on with which the oracle saw it last
 * @param within how many seeds may be tried, from 1 on, before the oracle counts as blind
 */
record Canary(Mutant mutant, String oracle, Course course, long seed, int within) {
  Canary {
    if (seed < 1 || within < seed) {
      throw new IllegalArgumentException("seed " + seed + " is not within " + within);
    }
  }

  @Override
  public String toString() {
    return mutant + ": " + oracle;
  }
}
