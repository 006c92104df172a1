package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;

/** A block by its place and name, without its body. */
public record BlockRef(Height height, BlockId id) {
  public static BlockRef of(Block block) {
    return new BlockRef(block.height(), block.id());
  }

  public static BlockRef of(Certificate certificate) {
    return new BlockRef(certificate.height(), certificate.blockId());
  }

  @Override
  public String toString() {
    return height + " " + id.abbreviated();
  }
}
