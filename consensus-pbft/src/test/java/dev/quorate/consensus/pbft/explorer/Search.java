package dev.quorate.consensus.pbft.explorer;

import dev.quorate.mutants.Experiment;

/** The explorer as an experiment: against real engines and against mutants alike. */
final class Search implements Experiment {
  /**
   * What to look for, as a line of text.
   *
   * @param first the first seed
   * @param traces how many
   * @param agreementOnly whether nothing but two final blocks at one height counts
   */
  record Range(long first, long traces, boolean agreementOnly) {
    @Override
    public String toString() {
      return first + " " + traces + " " + agreementOnly;
    }

    static Range of(String line) {
      var words = line.split(" ", -1);
      return new Range(
          Long.parseLong(words[0]), Long.parseLong(words[1]), Boolean.parseBoolean(words[2]));
    }
  }

  /** The seed, the rule and the detail of a trace that breaks one; else nothing. */
  @Override
  public String run(String argument) {
    var range = Range.of(argument);
    int threads = Integer.getInteger("quorate.threads", Runtime.getRuntime().availableProcessors());
    return new Explorer(range.agreementOnly())
        .run(range.first(), range.traces(), range.traces() == 1 ? 1 : threads)
        .found()
        .map(it -> it.seed() + " " + it.rule() + " " + it.detail())
        .orElse("");
  }
}
