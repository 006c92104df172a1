package dev.quorate.replica.conveyor;

import dev.quorate.consensus.core.Timer;

/** A conveyor's timers. */
public enum ConveyorTimer implements Timer {
  /** Says how far it is, and repeats what it said of what is not final yet. */
  HEARTBEAT,
  /** Changes the leader when work waits and nothing becomes final. */
  PATIENCE
}
