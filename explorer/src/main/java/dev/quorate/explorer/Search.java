package dev.quorate.explorer;

import dev.quorate.mutants.Experiment;
import java.util.Optional;

/**
 * The explorer as an experiment: against real engines and against mutants alike. An engine's own
 * search has a constructor without arguments.
 */
public abstract class Search implements Experiment {
  private final Game game;

  protected Search(Game game) {
    this.game = game;
  }

  /**
   * What to look for, as a line of text.
   *
   * @param first the first seed
   * @param traces how many
   * @param rule the name of the rule that is to break; empty when any will do
   */
  public record Range(long first, long traces, Optional<String> rule) {
    private static final String ANY = "any";

    @Override
    public String toString() {
      return first + " " + traces + " " + rule.orElse(ANY);
    }

    static Range of(String line) {
      var words = line.split(" ", -1);
      return new Range(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Optional.of(words[2]).filter(it -> !it.equals(ANY)));
    }
  }

  /** The seed, the rule and the detail of the first trace that breaks it; else nothing. */
  @Override
  public final String run(String argument) {
    var range = Range.of(argument);
    return new Explorer(game, range.rule().map(game::rule))
        .run(range.first(), range.traces(), Explorer.THREADS)
        .found()
        .map(it -> it.seed() + " " + it.rule() + " " + it.detail())
        .orElse("");
  }
}
