package dev.quorate.replica;

/** Whether a replica goes on. Only a running one ever changes its condition. */
public sealed interface Condition {
  /** It takes part. */
  record Running() implements Condition {}

  /** Its owner ended it. */
  record Stopped() implements Condition {}

  /** The engine found that going on would be unsafe, for this reason. */
  record Halted(String reason) implements Condition {}

  /** The disk failed under it, or it has a bug. */
  record Failed(Throwable cause) implements Condition {}

  /** The only value of its kind. */
  Condition RUNNING = new Running();
}
