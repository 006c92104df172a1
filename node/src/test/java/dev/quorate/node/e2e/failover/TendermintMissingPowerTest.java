package dev.quorate.node.e2e.failover;

import java.util.List;

/** With Tendermint, and powers of which half are left. */
final class TendermintMissingPowerTest extends MissingPowerStory {
  TendermintMissingPowerTest() {
    super("tendermint", List.of("t_propose_ms"), List.of(40L, 30L, 20L, 10L), 2, List.of(1, 2));
  }
}
