package dev.quorate.simulator.memory;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.pbft.trick.Flood;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.util.List;

/** Floods of PBFT's messages, of requests and of transactions. */
public final class PbftDeluge extends Deluge {
  @Override
  Simulation flooded(String flood, Simulation sim) {
    var of = Flood.valueOf(flood);
    return sim.plays("d", PbftTricks.flood(of, INTERVAL, burst(of)));
  }

  @Override
  List<String> swamped() {
    return List.of("a", "b", "c");
  }

  /** Frames every two milliseconds to each of the others; claims enough to fill the cache. */
  private static int burst(Flood flood) {
    return switch (flood) {
      case FUTURE_VIEWS, FUTURE_HEIGHTS, MAXIMAL_NUMBERS, CERTIFICATES, STATUSES, FETCHES -> 4;
      case CLAIMS -> 12;
      case TRANSACTIONS -> 1;
    };
  }
}
