package dev.quorate.consensus.core;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found on disk at start.
 *
 * @param state the engine state saved last
 * @param tip the last delivered block; at genesis the height before the first, {@link BlockId#NONE}
 *     and the genesis time
 * @param tipCommit the commit certificate of that block; empty at genesis
 * @param undelivered stored bodies above the tip, by height, then id
 */
public record Restored(
    Optional<Bytes> state, Tip tip, Optional<Certificate> tipCommit, List<Block> undelivered) {

  /** The last delivered block. */
  public record Tip(Height height, BlockId id, Instant time) {}

  public Restored {
    undelivered = List.copyOf(undelivered);
  }
}
