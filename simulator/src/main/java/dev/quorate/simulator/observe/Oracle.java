package dev.quorate.simulator.observe;

/**
 * Looks at a run and knows a rule that must hold in it. Made anew for every run; whatever breaks
 * the rule goes to {@link World#violations()}.
 */
public interface Oracle {
  /** Its number and rule in a few words, such as {@code O1 agreement}. */
  String name();

  /** Something happened. Called for everything, so it must be quick with what is not its own. */
  void see(Observation observation, World world);
}
