package dev.quorate.simulator.observe;

import java.util.Set;

/**
 * Looks at a run and knows a rule that must hold in it. Made anew for every run; whatever breaks
 * the rule goes to {@link World#violations()}.
 */
public interface Oracle {
  /** Its number and rule in a few words, such as {@code O1 agreement}. */
  String name();

  /** The kinds of observations that it looks at; of no kind means of every kind. */
  default Set<Class<? extends Observation>> kinds() {
    return Set.of();
  }

  /** Something happened, of its kinds. */
  void see(Observation observation, World world);
}
