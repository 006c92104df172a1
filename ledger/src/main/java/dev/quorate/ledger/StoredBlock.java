package dev.quorate.ledger;

/**
 * A committed block as the store keeps it.
 *
 * @param firstSequence how many transactions the ledger holds before this block's first one
 */
public record StoredBlock(LedgerBlock block, Commit commit, long firstSequence) {
  public StoredBlock {
    if (firstSequence < 0) {
      throw new IllegalArgumentException("first sequence " + firstSequence);
    }
  }

  /** The same block with another proof of it. */
  public StoredBlock with(Commit other) {
    return new StoredBlock(block, other, firstSequence);
  }
}
