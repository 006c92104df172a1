package dev.quorate.simulator.memory;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.tendermint.trick.Flood;
import dev.quorate.simulator.tendermint.trick.TendermintTricks;
import java.time.Duration;
import java.util.List;

/**
 * Floods of Tendermint's messages. Whatever is kept of a height is forgotten when it is decided, so
 * soon none is: a is left alone with d.
 */
public final class TendermintDeluge extends Deluge {
  private static final Duration ALONE = Duration.ofMillis(600);
  private static final int BURST = 4;

  @Override
  Simulation flooded(String flood, Simulation sim) {
    return sim.engine("tendermint")
        .plays("d", TendermintTricks.flood(Flood.valueOf(flood), INTERVAL, BURST))
        .at(ALONE, () -> sim.crash("b").crash("c"));
  }

  @Override
  List<String> swamped() {
    return List.of("a");
  }
}
