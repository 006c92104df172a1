package dev.quorate.simulator;

import dev.quorate.crypto.Hash;
import dev.quorate.simulator.observe.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** What came of a run. */
public sealed interface Verdict {
  /** What the run went through, whatever came of it. */
  Tally tally();

  /**
   * All rules held.
   *
   * @param highest the last height that a correct node delivered
   * @param transactions that are final
   * @param eventLog the hash over everything that happened
   */
  record Agreed(long highest, long transactions, Hash eventLog, Tally tally) implements Verdict {}

  /** A rule did not hold; the line runs the same again. */
  record Violated(List<Violation> violations, String replay, Hash eventLog, Tally tally)
      implements Verdict {
    public Violated {
      violations = List.copyOf(violations);
    }

    /** Whether this rule is among those that did not hold, by the beginning of its name. */
    public boolean names(String oracle) {
      return violations.stream().anyMatch(it -> (it.oracle() + " ").startsWith(oracle + " "));
    }

    @Override
    public String toString() {
      return violations.stream().map(Violation::toString).collect(Collectors.joining("\n  "))
          + "\n  again: "
          + replay;
    }
  }

  /** All rules held, but too little happened for that to mean anything. */
  record Invalid(String why, Hash eventLog, Tally tally) implements Verdict {}
}
