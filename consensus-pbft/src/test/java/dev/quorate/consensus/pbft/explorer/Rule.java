package dev.quorate.consensus.pbft.explorer;

/** What must hold at every step. */
enum Rule {
  /** Never two final blocks at one height, whether or not anybody has seen both. */
  AGREEMENT,
  /** A prepared certificate descends from all that became final in views below its own. */
  FINAL_IS_KEPT,
  /** What is delivered is the final chain, without gaps. */
  DELIVERY,
  /** One digest for each type, view and height, over all lives of a validator. */
  ONE_VOTE,
  /** No vote below the view that its signer left for, or was in. */
  NO_VOTE_BELOW,
  /** A COMMIT only with a prepared certificate of its view for the block or a descendant. */
  COMMIT_IS_PREPARED,
  /** PREPAREs of a view in order of height, each on the one before or on a certified block. */
  PREPARE_IN_ORDER,
  /** A claim names a certificate not lower than what its sender has COMMITted. */
  CLAIM_KEEPS_PREPARED,
  /** The bodies of a claimed prepared certificate are on its claimant's disk. */
  CLAIM_HAS_BODIES,
  /** One ViewChange and one NewView of a validator for a view. */
  ONE_CLAIM,
  /** Nothing is to be signed for a delivered height: the sign guard would stop the node. */
  SIGNABLE,
  /** A certificate in a message of a correct engine has a quorum that signed. */
  TRUE_CERTIFICATES,
  /** No engine halts. */
  NO_HALT,
  /** No engine accuses a correct validator. */
  NO_FALSE_ACCUSATION,
  /** No exception leaves an engine. */
  NO_EXCEPTION
}
