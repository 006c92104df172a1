package dev.quorate.ledger;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.BlockReader;
import dev.quorate.crypto.Bytes;
import java.util.Optional;

/**
 * Reads the blocks of one network: nothing is looked at in more bytes than its limits allow.
 *
 * <p>Hashes everything that a block will ever need hashed, so it belongs in front of the replica's
 * thread. Has no state.
 */
public final class LedgerBlockReader implements BlockReader {
  private final Limits limits;

  public LedgerBlockReader(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Optional<Block> read(Bytes encoded) {
    return readBlock(encoded).map(LedgerBlock::toBlock);
  }

  /** The same for callers that want the ledger's view. */
  public Optional<LedgerBlock> readBlock(Bytes encoded) {
    return encoded.length() > limits.maxBlockBytes()
        ? Optional.empty()
        : LedgerBlock.decode(encoded);
  }
}
