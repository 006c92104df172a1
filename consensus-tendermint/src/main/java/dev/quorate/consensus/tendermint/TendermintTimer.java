package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Step;

/** The timers of the protocol. */
sealed interface TendermintTimer extends Timer {
  /**
   * timeoutPropose, timeoutPrevote and timeoutPrecommit of the paper. Each names the height and the
   * round that it was started in: at any other place it does nothing (L57-67).
   */
  record Timeout(Step step, Height height, Round round) implements TendermintTimer {}

  /** What has nothing to do with a round. */
  enum Periodic implements TendermintTimer {
    /** The height is awake: what was said last is repeated. */
    REBROADCAST,
    /** The height sleeps: a Status is due. */
    STATUS,
    /** A block is due even if it is empty. */
    EMPTY_BLOCK
  }
}
