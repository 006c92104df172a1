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
    /** PBFT's PREPARE, Tendermint's prevote. */
    PREPARE,
    /** PBFT's COMMIT, Tendermint's precommit. */
    COMMIT,
    /** PBFT's claim on leaving a view. */
    VIEW_CHANGE,
    /** PBFT's opening of a view. */
    NEW_VIEW
  }
}
