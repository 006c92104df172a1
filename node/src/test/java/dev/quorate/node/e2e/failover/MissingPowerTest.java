package dev.quorate.node.e2e.failover;

import java.util.List;

/** With PBFT, and such powers that those who are left have exactly two thirds: 60 of 90. */
final class MissingPowerTest extends MissingPowerStory {
  MissingPowerTest() {
    super(
        "pbft", List.of("t_heartbeat_ms", "t0_ms"), List.of(40L, 20L, 20L, 10L), 2, List.of(2, 3));
  }
}
