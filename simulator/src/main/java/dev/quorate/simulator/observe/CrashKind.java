package dev.quorate.simulator.observe;

/** How a process ended, and what its disk kept. */
public enum CrashKind {
  /** Between two turns: what was synced stays. */
  KILLED,
  /** Just before a write that was under way: it left no trace. */
  BEFORE_WRITE,
  /** In the middle of a write that is not atomic: a part of it is there. */
  TORN_WRITE,
  /** Just after a write became durable, before anybody learned of it. */
  AFTER_WRITE,
  /** Between two frames that were leaving. */
  BETWEEN_FRAMES,
  /** The disk lost the writes that it had acknowledged last. */
  DISK_LIED,
  /** The whole directory is gone. */
  DISK_LOST,
  /** The directory is an older copy of itself. */
  DISK_RESTORED
}
