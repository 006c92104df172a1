package dev.quorate.simulator.canary;

import dev.quorate.mutants.Experiment;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.oracle.Oracles;
import java.util.stream.Stream;

/**
 * One run, as text: {@code COURSE seed} lets all oracles look, {@code COURSE seed O1} only one, so
 * that no other stops the run before it has seen anything.
 */
final class Flight implements Experiment {
  static final String SOUND = "sound";

  @Override
  public String run(String argument) {
    var words = argument.split(" ", 3);
    var course = Course.called(words[0]);
    var simulation = course.of(Long.parseLong(words[1]));
    if (words.length > 2) {
      var named =
          Stream.concat(Oracles.ofAnyEngine().stream(), course.oracles().stream())
              .filter(it -> it.name().startsWith(words[2] + " "))
              .toList();
      if (named.size() != 1) {
        throw new IllegalArgumentException("oracles called " + words[2] + ": " + named.size());
      }
      simulation.oracles(named);
    }
    return switch (course.run(simulation)) {
      case Verdict.Agreed _ -> SOUND;
      case Verdict.Invalid(var why, _, _) -> "invalid: " + why;
      case Verdict.Violated violated -> violated.toString();
    };
  }
}
