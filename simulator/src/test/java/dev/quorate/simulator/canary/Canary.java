package dev.quorate.simulator.canary;

import dev.quorate.mutants.Experiment;
import dev.quorate.mutants.Mutant;
import java.util.Optional;

/**
 * A sin and who must see it.
 *
 * @param beside what another module must do for the sin to get through
 * @param oracle its number, such as {@code O1}
 * @param course what the runs look like
 * @param seed the first seed from 1 on with which the oracle saw it last
 * @param within how many seeds may be tried, from 1 on, before the oracle counts as blind
 */
record Canary(
    Mutant mutant, Optional<Mutant> beside, String oracle, Course course, long seed, int within) {
  Canary {
    if (seed < 1 || within < seed) {
      throw new IllegalArgumentException("seed " + seed + " is not within " + within);
    }
  }

  Canary(Mutant mutant, String oracle, Course course, long seed, int within) {
    this(mutant, Optional.empty(), oracle, course, seed, within);
  }

  /** The run, on the code with the sin. */
  Experiment load() {
    return beside
        .map(other -> mutant.loadBeside(other, Flight.class))
        .orElseGet(() -> mutant.load(Flight.class));
  }

  @Override
  public String toString() {
    return mutant + beside.map(it -> ", and " + it).orElse("") + ": " + oracle;
  }
}
