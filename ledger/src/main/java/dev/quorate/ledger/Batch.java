package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;

/**
 * Writes that become durable together, or not at all: one transaction and one disk sync for
 * everything that a turn of the replica wants kept.
 *
 * <p>Nothing is written, and nothing visible, before {@link #commit()}. A batch is used by one
 * thread, and only one batch at a time is of use: after another one's commit this one is stale.
 */
public interface Batch extends AutoCloseable {
  /** Replaces the engine's state. */
  void saveEngineState(Bytes state);

  /**
   * Keeps a block that is not committed yet. One that is stored already costs nothing; one at or
   * below the tip is passed over, for its height is decided.
   */
  void store(LedgerBlock block);

  /**
   * Keeps verified evidence until a block with its offence is appended, or it is too old for the
   * next one. What waits or stands in the chain already is passed over, and so is everything beyond
   * {@link dev.quorate.ledger.evidence.EvidenceLimits#MAX_PENDING}.
   */
  void keep(DuplicateVoteEvidence evidence);

  /**
   * Makes a block the next of the chain, and forgets the other blocks of its height. A commit that
   * the block carries is from now on the commit of its parent.
   *
   * @throws IllegalArgumentException for a block that is not the tip's child, a commit that is not
   *     for it, or a carried one that is not for the tip: bugs of the caller, who has verified both
   */
  void append(LedgerBlock block, Commit commit);

  /** When this returns, everything in the batch is on disk and visible to readers. */
  void commit();

  /** Forgets a batch that was not committed. */
  @Override
  void close();
}
