package dev.quorate.replica;

import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;

/** Learns of final blocks, each once a run, in order of height, without gaps. */
@FunctionalInterface
public interface FinalityListener {
  /**
   * The block is final, durable and readable. Called on the replica's thread, so it must be short
   * and must not block; what it throws stops the replica.
   */
  void onDelivered(LedgerBlock block, Commit commit);
}
