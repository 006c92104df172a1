package dev.quorate.explorer;

import dev.quorate.mutants.Mutant;

/**
 * A mutant with the rule that it breaks.
 *
 * @param seed at or a little after it a trace shows the sin
 */
public record Sin(Mutant mutant, Enum<?> rule, long seed) {
  @Override
  public String toString() {
    return mutant.name();
  }
}
