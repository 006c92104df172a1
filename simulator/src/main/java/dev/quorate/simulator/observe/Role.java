package dev.quorate.simulator.observe;

/** What is to be expected of a node. */
public enum Role {
  /** It follows the protocol, and its disk keeps what it acknowledged; it may crash. */
  CORRECT,
  /** It follows the protocol, but its disk loses what it acknowledged: it counts as faulty. */
  AMNESIAC,
  /** It does whatever somebody with its key can do. */
  BYZANTINE
}
