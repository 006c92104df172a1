package dev.quorate.simulator;

import dev.quorate.simulator.mark.Marks;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.oracle.Oracles;
import dev.quorate.simulator.pbft.PbftMarks;
import dev.quorate.simulator.pbft.PbftOracles;
import dev.quorate.simulator.tendermint.TendermintMarks;
import dev.quorate.simulator.tendermint.TendermintOracles;
import java.util.ArrayList;
import java.util.List;

/** Who looks at a run of an engine: made anew for each. */
final class Watchers {
  private static final String PBFT = "pbft";
  private static final String TENDERMINT = "tendermint";

  private Watchers() {}

  static List<Oracle> oracles(String engine) {
    var oracles = new ArrayList<>(Oracles.ofAnyEngine());
    if (engine.equals(PBFT)) {
      oracles.addAll(PbftOracles.all());
    } else if (engine.equals(TENDERMINT)) {
      oracles.addAll(TendermintOracles.all());
    }
    return List.copyOf(oracles);
  }

  static List<Mark> marks(String engine) {
    var marks = new ArrayList<>(Marks.ofAnyEngine());
    if (engine.equals(PBFT)) {
      marks.addAll(PbftMarks.all());
    } else if (engine.equals(TENDERMINT)) {
      marks.addAll(TendermintMarks.all());
    }
    return List.copyOf(marks);
  }
}
