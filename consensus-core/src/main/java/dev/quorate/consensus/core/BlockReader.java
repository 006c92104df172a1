package dev.quorate.consensus.core;

import dev.quorate.crypto.Bytes;
import java.util.Optional;

/** Makes blocks from bytes; the ledger has the only one. Safe for use by several threads. */
public interface BlockReader {
  /**
   * The block that the bytes encode, its id recomputed from them; empty when they are not the
   * canonical encoding of a block within the network's limits.
   */
  Optional<Block> read(Bytes encoded);
}
