package dev.quorate.ledger.store;

import static dev.quorate.ledger.store.Chains.append;
import static dev.quorate.ledger.store.Chains.commit;
import static dev.quorate.ledger.store.Chains.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbChainStoreTest implements ChainStoreContract {
  @TempDir private Path directory = Path.of("");
  private @Nullable LmdbChainStore open;

  @Override
  public ChainStore store() {
    return opened();
  }

  @Override
  public void reopen() {
    if (open != null) {
      open.close();
    }
    open = Chains.open(directory);
  }

  @Test
  void anAuditSaysThatAFolderIsOfAVersionWithoutEvidence(@TempDir Path older) {
    var before = EnumSet.of(Table.BLOCKS, Table.BODIES, Table.HEIGHTS, Table.STATE);
    LmdbEnvironment.open(
            older.resolve("chain"), Chains.MAP_BYTES, before, LmdbEnvironment.Access.READ_WRITE)
        .close();
    var options = Chains.options(8, Runnable::run);

    assertThatThrownBy(() -> LmdbChainStore.openReadOnly(older, Four.GENESIS, options))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("an older version wrote it");
    LmdbChainStore.open(older, Four.GENESIS, options).close();
    try (var audited = LmdbChainStore.openReadOnly(older, Four.GENESIS, options)) {
      assertThat(audited.evidence().pending()).isEmpty();
    }
  }

  @Test
  void readsOldBlocksFromDiskAndHashesThemAgain() {
    fill(store(), 40);
    reopen();

    for (var block : Four.chain(40)) {
      var read = opened().block(block.height()).orElseThrow();
      assertThat(read).isEqualTo(new StoredBlock(block, commit(block), read.firstSequence()));
      assertThat(read.block().encoded()).isEqualTo(block.encoded());
    }
  }

  @Test
  void keepsTheNewestBlocksAsObjectsWithinTheCache() {
    fill(store(), 3);

    var first = store().block(new Height(3)).orElseThrow();
    assertThat(store().block(new Height(3)).orElseThrow()).isSameAs(first);
  }

  @Test
  void readersOnOtherThreadsSeeWholeBlocksWhileOneThreadWrites() throws Exception {
    var chain = Four.chain(60);
    var started = new CountDownLatch(3);
    try (var threads = Executors.newFixedThreadPool(3)) {
      var readers = new ArrayList<Future<Long>>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(reader(started, chain.size())));
      }
      started.await();
      chain.forEach(block -> append(store(), block));

      for (var reader : readers) {
        assertThat(reader.get()).isEqualTo(60L);
      }
    }
  }

  @Test
  void closingWaitsForReadersAndFailsLaterOnes() throws Exception {
    fill(store(), 5);
    var started = new CountDownLatch(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var readers = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> readUntilClosed(started)));
      }
      started.await();
      store().close();

      for (var reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    }
  }

  @Test
  void countsAsManyIndexedTransactionsAsThereAre() {
    fill(store(), 9);

    assertThat(opened().indexedTransactions()).isEqualTo(27);
    reopen();
    assertThat(opened().indexedTransactions()).isEqualTo(27);
  }

  @Test
  void theDiskKeepsOneBodyAHeight() {
    var state = Four.START;
    for (int i = 0; i < 5; i++) {
      var block = Four.block(state, "block " + i);
      try (var batch = store().begin()) {
        batch.store(Four.block(state, "sibling " + i));
        batch.store(block);
        batch.commit();
      }
      append(store(), block);
      state = state.after(block);
    }
    store().close();

    try (var env =
        LmdbEnvironment.open(
            directory.resolve("chain"),
            Chains.MAP_BYTES,
            Table.CHAIN,
            LmdbEnvironment.Access.READ_ONLY)) {
      for (var table : List.of(Table.BODIES, Table.BLOCKS, Table.HEIGHTS)) {
        assertThat(env.<Long>read(view -> view.entries(table))).isEqualTo(5);
      }
    }
  }

  @Test
  void aStoreThatIsFullFailsForGood() {
    var small = new StoreOptions(1 << 20, 0, Chains.options(8, Runnable::run).index(), _ -> {});
    var full = directory.resolve("full");
    try (var store = LmdbChainStore.open(full, Four.GENESIS, small)) {
      append(store, Four.chain(1).getFirst());
      assertThatThrownBy(
              () -> {
                try (var batch = store.begin()) {
                  batch.saveEngineState(Bytes.wrap(new byte[2 << 20]));
                  batch.commit();
                }
              })
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("full");

      assertThatThrownBy(store::begin)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("after a failed write");
      assertThatThrownBy(() -> store.block(new Height(1))).isInstanceOf(StorageException.class);
      assertThatThrownBy(store::tip).isInstanceOf(StorageException.class);
    }

    try (var store = LmdbChainStore.open(full, Four.GENESIS, small)) {
      assertThat(store.tip().orElseThrow().height()).isEqualTo(new Height(1));
      assertThat(store.engineState()).isEmpty();
    }
  }

  @Test
  void tellsHowFullItIs() {
    long before = opened().usage().chainBytes();
    fill(store(), 30);

    assertThat(opened().usage().chainBytes()).isGreaterThan(before);
    assertThat(opened().usage().mapBytes()).isEqualTo(Chains.MAP_BYTES);
  }

  private LmdbChainStore opened() {
    return Objects.requireNonNull(open);
  }

  /** Follows the chain as it grows; how many blocks it saw, each whole and in its order. */
  private Callable<Long> reader(CountDownLatch started, int length) {
    var store = opened();
    return () -> {
      started.countDown();
      long seen = 0;
      while (seen < length) {
        var next = store.block(new Height(seen + 1));
        if (next.isPresent()) {
          var block = next.get().block();
          seen = block.height().value();
          for (var transaction : block.transactions()) {
            assertThat(store.locate(transaction.id()).orElseThrow().height())
                .isEqualTo(block.height());
          }
          assertThat(store.heightOf(block.id().hash())).contains(block.height());
        } else {
          Thread.onSpinWait();
        }
      }
      return seen;
    };
  }

  private boolean readUntilClosed(CountDownLatch started) {
    var store = opened();
    var chain = Four.chain(5);
    started.countDown();
    try {
      while (true) {
        for (var block : chain) {
          assertThat(store.heightOf(block.id().hash())).contains(block.height());
          assertThat(store.contains(block.transactions().getFirst().id())).isTrue();
        }
      }
    } catch (StorageException closed) {
      return String.valueOf(closed.getMessage()).contains("closed");
    }
  }
}
