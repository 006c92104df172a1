package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.ledger.StoredBlock;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest blocks as objects, so that subscribers and peers just behind the tip cost no reading
 * and no hashing. Bounded by an estimate of the memory they hold; one thread adds, any reads.
 */
final class RecentBlocks {
  private static final long BYTES_PER_BLOCK = 4_096;

  /** Transaction, id and leaf hash as objects: three headers and two arrays. */
  private static final long BYTES_PER_TRANSACTION = 240;

  private final NavigableMap<Height, StoredBlock> blocks = new ConcurrentSkipListMap<>();
  private final long limit;
  private long bytes;

  RecentBlocks(long limit) {
    this.limit = limit;
  }

  /**
   * Adds the newest block, whose parent gets the commit that it carries; the oldest ones make room,
   * or it is not kept at all.
   */
  void add(StoredBlock block) {
    if (block.block().carriesCommit()) {
      var settled = block.block().lastCommit();
      blocks.computeIfPresent(settled.height(), (_, it) -> it.with(settled));
    }
    blocks.put(block.block().height(), block);
    bytes += weight(block);
    while (bytes > limit) {
      bytes -= weight(blocks.pollFirstEntry().getValue());
    }
  }

  Optional<StoredBlock> get(Height height) {
    return Optional.ofNullable(blocks.get(height));
  }

  private static long weight(StoredBlock stored) {
    var block = stored.block();
    return BYTES_PER_BLOCK
        + block.encoded().length()
        + BYTES_PER_TRANSACTION * block.transactions().size();
  }
}
