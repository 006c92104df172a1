package dev.quorate.ledger.store;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * How a store is run on this machine; nothing here is agreed on with anybody.
 *
 * @param mapBytes how far each of the two files may grow; address space, not memory
 * @param cacheBytes memory for the newest blocks, which are read most
 * @param index how transaction ids travel from memory to disk
 * @param notices is told in a sentence what takes long or was mended at start
 */
public record StoreOptions(
    long mapBytes, long cacheBytes, IndexOptions index, Consumer<String> notices) {

  /** 64 GiB. */
  public static final long DEFAULT_MAP_BYTES = 64L << 30;

  /** 32 MiB. */
  public static final long DEFAULT_CACHE_BYTES = 32L << 20;

  /**
   * How transaction ids travel from memory to disk.
   *
   * @param flushIds so many ids in memory are worth a write; fewer, larger writes cost less an id
   * @param maxRecentIds so many ids in memory make the committer wait for the write under way; an
   *     id takes 48 to 96 bytes
   * @param executor runs the writes, one at a time; a direct one lets the committer wait for each
   * @param secret keys the table in memory, so that nobody outside can make ids collide in it
   */
  public record IndexOptions(int flushIds, int maxRecentIds, Executor executor, long secret) {
    /** Refuses a bound below the number that starts a write. */
    public IndexOptions {
      if (flushIds < 1 || maxRecentIds < flushIds) {
        throw new IllegalArgumentException(
            "writes from " + flushIds + " ids on, at most " + maxRecentIds + " in memory");
      }
    }
  }

  public StoreOptions {
    if (mapBytes < 1 << 20 || cacheBytes < 0) {
      throw new IllegalArgumentException("map " + mapBytes + ", cache " + cacheBytes + " bytes");
    }
  }

  /** What suits a node: 64 GiB, 32 MiB of blocks, 50,000 to 1,000,000 recent ids. */
  public static StoreOptions defaults(Executor indexing, Consumer<String> notices) {
    var index = new IndexOptions(50_000, 1_000_000, indexing, new SecureRandom().nextLong());
    return new StoreOptions(DEFAULT_MAP_BYTES, DEFAULT_CACHE_BYTES, index, notices);
  }
}
