package dev.quorate.simulator.pbft;

import dev.quorate.simulator.observe.Oracle;
import java.util.List;

/** What must hold in every run of PBFT, besides what must hold with any engine. */
public final class PbftOracles {
  private PbftOracles() {}

  /** Made anew for one run. */
  public static List<Oracle> all() {
    var lineage = new Lineage();
    return List.of(new VotingOrder(lineage), new CarriedCommits(lineage), new BoundedViews());
  }
}
