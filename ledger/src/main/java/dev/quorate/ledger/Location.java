package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.Height;

/**
 * Where a transaction stands in the chain.
 *
 * @param index its place in its block, from 0
 * @param sequence how many transactions the whole ledger holds before it
 */
public record Location(Height height, int index, long sequence) {
  public Location {
    if (index < 0 || sequence < index) {
      throw new IllegalArgumentException("index " + index + ", sequence " + sequence);
    }
  }
}
