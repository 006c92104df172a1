package dev.quorate.ledger.evidence;

import dev.quorate.consensus.core.vote.Height;

/** How old evidence may be, and how much of it waits. */
public final class EvidenceLimits {
  /** The most heights between the votes and the block that holds the evidence. */
  public static final long MAX_AGE = 100_000;

  /** The most pieces that wait for a block at one node; of more, none is taken. */
  public static final int MAX_PENDING = 1_024;

  private EvidenceLimits() {}

  /** Whether evidence of votes at a height is too old for a block, and so for all later ones. */
  public static boolean isTooOld(Height votes, Height block) {
    return block.isAbove(votes.plus(MAX_AGE));
  }
}
