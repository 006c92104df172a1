package dev.quorate.consensus.core.vote;

import dev.quorate.crypto.Hash;

/** How many parts a block's bytes were cut into (an unsigned 32-bit number), and their root. */
public record PartSetHeader(long total, Hash hash) {
  /** Of no block. */
  public static final PartSetHeader NONE = new PartSetHeader(0, Hash.NONE);

  public PartSetHeader {
    if (total < 0 || total > 0xffff_ffffL) {
      throw new IllegalArgumentException("a part set cannot have " + total + " parts");
    }
  }
}
