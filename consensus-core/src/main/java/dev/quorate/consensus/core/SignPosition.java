package dev.quorate.consensus.core;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;

/**
 * The slot that a signature belongs to: a correct validator signs at most one byte string for one
 * slot. View changes and new views belong to a view alone and carry height 0.
 */
public record SignPosition(Kind kind, Height height, Round round) {
  /** What is signed. */
  public enum Kind {
    /** Tendermint's proposal. */
    PROPOSAL,
    /** Tendermint's vote of the first phase. */
    PREVOTE,
    /** Tendermint's vote of the second phase. */
    PRECOMMIT,
    /** PBFT's vote of the first phase. */
    PREPARE,
    /** PBFT's vote of the second phase. */
    COMMIT,
    /** PBFT's claim on leaving a view. */
    VIEW_CHANGE,
    /** PBFT's opening of a view. */
    NEW_VIEW
  }

  @Override
  public String toString() {
    return "%s at height %s, round %s".formatted(kind, height, round);
  }
}
