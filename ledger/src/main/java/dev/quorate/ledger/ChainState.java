package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.MerkleFrontier;
import java.time.Instant;

/**
 * The chain right after a block: all that the next block is judged by, apart from genesis.
 *
 * @param height of the block; the one before the initial height at genesis
 * @param id of the block; {@link BlockId#NONE} at genesis
 * @param time of the block; the genesis time at genesis
 * @param history the tree over the ids of all transactions up to and with the block's
 */
public record ChainState(Height height, BlockId id, Instant time, MerkleFrontier history) {

  /** Before the first block. */
  public static ChainState genesis(Genesis genesis) {
    return new ChainState(
        genesis.initialHeight().previous(),
        BlockId.NONE,
        genesis.genesisTime(),
        MerkleFrontier.EMPTY);
  }

  /** After one more block; refuses one that is not a child of this state's. */
  public ChainState after(LedgerBlock child) {
    if (!child.header().lastBlockId().equals(id) || !child.height().equals(height.next())) {
      throw new IllegalArgumentException(child + " does not follow " + height + " " + id);
    }
    return new ChainState(
        child.height(), child.id(), child.header().time(), history.append(child.leafHashes()));
  }
}
