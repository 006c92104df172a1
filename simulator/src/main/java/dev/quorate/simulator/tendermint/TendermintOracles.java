package dev.quorate.simulator.tendermint;

import dev.quorate.simulator.observe.Oracle;
import java.util.List;

/** What must hold in every run of Tendermint, besides what must hold with any engine. */
public final class TendermintOracles {
  private TendermintOracles() {}

  /** Made anew for one run. */
  public static List<Oracle> all() {
    return List.of(new Locks(), new VotingOrder(), new Decisions(), new BoundedRounds());
  }
}
