package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.tendermint.explorer.Broken.Rule;
import dev.quorate.mutants.Experiment;
import java.util.Optional;

/** The explorer as an experiment: against real engines and against mutants alike. */
final class Search implements Experiment {
  /**
   * What to look for, as a line of text.
   *
   * @param first the first seed
   * @param traces how many
   * @param rule which rule is to break; empty when any will do
   */
  record Range(long first, long traces, Optional<Rule> rule) {
    @Override
    public String toString() {
      return first + " " + traces + " " + rule.map(Rule::name).orElse("any");
    }

    static Range of(String line) {
      var words = line.split(" ", -1);
      return new Range(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Optional.of(words[2]).filter(it -> !it.equals("any")).map(Rule::valueOf));
    }
  }

  /** The seed, the rule and the detail of the first trace that breaks it; else nothing. */
  @Override
  public String run(String argument) {
    var range = Range.of(argument);
    return new Explorer(range.rule())
        .run(range.first(), range.traces(), Explorer.THREADS)
        .found()
        .map(it -> it.seed() + " " + it.rule() + " " + it.detail())
        .orElse("");
  }
}
