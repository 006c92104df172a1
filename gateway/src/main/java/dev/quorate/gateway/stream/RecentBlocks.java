package dev.quorate.gateway.stream;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.StoredBlock;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The chain with its newest blocks at hand, so that subscribers at the tip need no disk: at most
 * {@link #MAX_BLOCKS} and {@link #MAX_BYTES}. Safe for any thread.
 */
final class RecentBlocks {
  static final int MAX_BLOCKS = 64;
  static final long MAX_BYTES = 8L << 20;

  private final ChainReader chain;
  private final ArrayDeque<StoredBlock> recent = new ArrayDeque<>();
  private long bytes;

  RecentBlocks(ChainReader chain) {
    this.chain = chain;
  }

  /** Takes the next final block; one that does not follow the last makes it begin anew. */
  synchronized void add(StoredBlock block) {
    var last = recent.peekLast();
    if (last != null && height(last) + 1 != height(block)) {
      recent.clear();
      bytes = 0;
    }
    recent.addLast(block);
    bytes += size(block);
    while (recent.size() > MAX_BLOCKS || (bytes > MAX_BYTES && recent.size() > 1)) {
      bytes -= size(recent.removeFirst());
    }
  }

  /** The block of a height, from memory or from the chain; empty while there is none. */
  Optional<StoredBlock> at(long height) {
    var found = inMemory(height);
    return found.isPresent() ? found : chain.block(new Height(height));
  }

  private synchronized Optional<StoredBlock> inMemory(long height) {
    var first = recent.peekFirst();
    if (first == null || height < height(first) || height >= height(first) + recent.size()) {
      return Optional.empty();
    }
    return recent.stream().skip(height - height(first)).findFirst();
  }

  private static long height(StoredBlock block) {
    return block.block().height().value();
  }

  private static long size(StoredBlock block) {
    return block.block().encoded().length();
  }
}
