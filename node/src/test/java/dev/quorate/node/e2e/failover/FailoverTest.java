package dev.quorate.node.e2e.failover;

import java.util.List;

/** With PBFT; {@code -De2e.timers=500} are its own timers. */
final class FailoverTest extends FailoverStory {
  FailoverTest() {
    super("pbft", List.of("t_heartbeat_ms", "t0_ms"), Views::new);
  }
}
