package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.time.Instant;

/**
 * What an engine knows of a block; the rest is the ledger's business.
 *
 * <p>Whoever makes one has recomputed the id from the body's bytes, so holding a block proves that
 * its id is right. Two blocks with one id are equal.
 *
 * @param proposer who first built it; a re-proposal never changes that
 * @param time the header's time, which every vote for the block carries
 */
public record Block(
    BlockId id, Height height, BlockId parent, ValidatorId proposer, Instant time, Body body) {

  /** The block's content, opaque here. */
  public interface Body {
    /** The canonical encoding that the block's id was computed from. */
    Bytes encoded();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "block " + height + " " + id.abbreviated();
  }
}
