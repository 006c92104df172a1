package dev.quorate.simulator.plan;

/** The kinds of things that go wrong; each is in a run or is not. */
public enum Family {
  /** Frames vanish. */
  LOSS,
  /** Frames take long, some of them very long, and so overtake each other. */
  DELAY,
  /** Frames arrive twice. */
  DUPLICATION,
  /** Old frames arrive again. */
  REPLAY,
  /** Links have room for few frames. */
  CAPACITY,
  /** The network falls apart in two. */
  PARTITION,
  /** Nodes are heard and do not hear, or hear and are not heard. */
  ONE_WAY,
  /** Links come and go. */
  FLAPPING,
  /** One type of message does not get through. */
  FILTER,
  /** Processes are killed between turns and start again. */
  CRASH,
  /** Processes die around a write or between two frames. */
  CRASH_IN_WRITE,
  /** All processes die at once. */
  POWER_CUT,
  /** Processes stand still for a while. */
  PAUSE,
  /** Clocks are wrong and jump. */
  CLOCK,
  /** A sync fails. */
  DISK_ERROR,
  /** A disk is full for a while. */
  DISK_FULL,
  /** A faulty node's disk loses what it acknowledged, or all, or is an old copy. */
  AMNESIA,
  /** A faulty node does what it wants. */
  BYZANTINE
}
