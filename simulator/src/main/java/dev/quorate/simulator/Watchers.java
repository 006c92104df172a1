package dev.quorate.simulator;

import dev.quorate.simulator.mark.Marks;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.oracle.Oracles;
import java.util.List;

/** Who looks at a run of an engine: made anew for each. */
final class Watchers {
  private Watchers() {}

  static List<Oracle> oracles(String engine) {
    return Oracles.ofAnyEngine();
  }

  static List<Mark> marks(String engine) {
    return Marks.ofAnyEngine();
  }
}
