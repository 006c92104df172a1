package dev.quorate.consensus.tendermint.explorer;

/** What must hold at every step. */
enum Rule {
  /** Never two decided blocks at one height, whether or not anybody has seen both. */
  AGREEMENT,
  /** What is delivered is the decided chain, without gaps. */
  DELIVERY,
  /** One ballot for each type, height and round, and one proposal, over all lives. */
  ONE_VOTE,
  /** A prevote for another block than the locked one only with a polka not older than the lock. */
  LOCK,
  /** A precommit for a block only with a polka of its round. */
  PRECOMMIT_HAS_POLKA,
  /** The body of a precommitted block is on disk. */
  BODY_IS_STORED,
  /** Nobody votes for an invalid block. */
  VALIDITY,
  /** Whoever knows a valid block proposes it, with its polka's round. */
  VALID_VALUE,
  /** A round is entered only after a correct validator, or after a quorum of precommits. */
  ROUND_IS_JUSTIFIED,
  /** Nothing is to be signed below a signed position: the sign guard would stop the node. */
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
