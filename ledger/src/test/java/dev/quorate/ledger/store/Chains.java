package dev.quorate.ledger.store;

import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.LedgerBlock;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** What the tests of the stores have in common: chains of the four, and small stores for them. */
final class Chains {
  /** Plenty for a test, and quick to make. */
  static final long MAP_BYTES = 256L << 20;

  private Chains() {}

  static StoreOptions options(int flushIds, Executor indexing) {
    var index = new StoreOptions.IndexOptions(flushIds, 100 * flushIds, indexing, 42);
    return new StoreOptions(MAP_BYTES, 1 << 20, index, _ -> {});
  }

  /** A store that writes its index after every third block or so, on the committer's thread. */
  static LmdbChainStore open(Path directory) {
    return LmdbChainStore.open(directory, Four.GENESIS, options(8, Runnable::run));
  }

  /** Signed by a, b and c. */
  static Commit commit(LedgerBlock block) {
    return Four.commit(block, 0, "a", "b", "c");
  }

  /** The chain right after the store's tip. */
  static ChainState state(ChainStore store) {
    return store.tip().orElse(Four.START);
  }

  static void append(ChainStore store, LedgerBlock block) {
    try (var batch = store.begin()) {
      batch.append(block, commit(block));
      batch.commit();
    }
  }

  /** The first {@code length} blocks of the four's chain. */
  static void fill(ChainStore store, int length) {
    Four.chain(length).forEach(block -> append(store, block));
  }
}
