package dev.quorate.consensus.core;

/** Says whether a message that was decoded but not yet verified is worth the cost of verifying. */
@FunctionalInterface
public interface MessageFilter<M extends Message<M>> {
  /**
   * False when the engine, as it stood when this was made, could do nothing with the message but
   * notice that somebody is there.
   */
  boolean wants(M message);
}
