package dev.quorate.simulator.canary;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.observe.Oracle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run looks like in which a sin is to show, as short as the sin allows: every sin costs a
 * network whose classes are all loaded anew.
 */
interface Course {
  /** No two have the same. */
  String name();

  /** A network that has not begun yet: oracles may still be chosen. */
  Simulation of(long seed);

  /** Runs it to its end. */
  Verdict run(Simulation world);

  /** The oracles of its engine, made anew; those of any engine are not among them. */
  List<Oracle> oracles();

  /** The one with a name. */
  static Course called(String name) {
    return Stream.concat(
            Arrays.stream(PbftCourse.values()), Arrays.stream(TendermintCourse.values()))
        .map(Course.class::cast)
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
