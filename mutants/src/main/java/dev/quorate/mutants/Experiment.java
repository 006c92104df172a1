package dev.quorate.mutants;

/**
 * What is run against a mutant: a test class with a constructor without arguments. It is loaded
 * anew beside the broken classes, so only text can pass between it and the test that starts it.
 */
@FunctionalInterface
public interface Experiment {
  /** Runs to its end and says what came of it. */
  String run(String argument);
}
