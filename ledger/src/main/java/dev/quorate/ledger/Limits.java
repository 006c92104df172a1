package dev.quorate.ledger;

import dev.quorate.crypto.Hash;

/**
 * How large things may be, agreed on in genesis.
 *
 * @param maxTxBytes the largest transaction; at most half of {@code maxBlockBytes}
 * @param maxBlockBytes the largest encoded block: a bound that every validator checks
 * @param batchBytes how many bytes of transactions a builder puts into a block: a target, which a
 *     single larger transaction passes
 * @param batchTransactions how many transactions a builder puts into a block
 */
public record Limits(int maxTxBytes, int maxBlockBytes, int batchBytes, int batchTransactions) {
  /**
   * The most transactions that any block may hold, whatever genesis says: it bounds the memory that
   * a block of tiny transactions costs.
   */
  public static final int MAX_BLOCK_TRANSACTIONS = 65_536;

  /** The least that {@code maxBlockBytes} may be: room for a header and a small transaction. */
  public static final int MIN_BLOCK_BYTES = 4_096;

  /** The most that {@code maxBlockBytes} may be, CometBFT's bound. */
  public static final int MAX_BLOCK_BYTES = 104_857_600;

  /** What a genesis file that says nothing means. */
  public static final Limits DEFAULT = new Limits(1_048_576, 4_194_304, 524_288, 1_000);

  /** Refuses limits that contradict each other. */
  public Limits {
    requireRange("max_block_bytes", maxBlockBytes, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES);
    requireRange("max_tx_bytes", maxTxBytes, 1, maxBlockBytes / 2);
    requireRange("batch_bytes", batchBytes, 1, maxBlockBytes / 2);
    requireRange("batch_transactions", batchTransactions, 1, MAX_BLOCK_TRANSACTIONS);
  }

  /** A header's {@code consensus_hash}. */
  public Hash consensusHash() {
    return HeaderHashes.params(maxBlockBytes, HeaderHashes.NO_GAS_LIMIT);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " is " + value + ", not " + min + ".." + max);
    }
  }
}
