package dev.quorate.node.e2e.failover;

import java.util.List;

/** With Tendermint; {@code -De2e.timers=300} is its own timeoutPropose. */
final class TendermintFailoverTest extends FailoverStory {
  TendermintFailoverTest() {
    super("tendermint", List.of("t_propose_ms"), Turns::new);
  }
}
