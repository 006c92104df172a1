package dev.quorate.ledger.store;

import static dev.quorate.ledger.store.Chains.append;
import static dev.quorate.ledger.store.Chains.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The index as the store uses it: nothing committed is ever "not found". */
class TransactionIndexTest {
  @TempDir private Path directory = Path.of("");

  private final ArrayDeque<Runnable> writes = new ArrayDeque<>();
  private final List<String> notices = new ArrayList<>();

  @Test
  void idsAreFoundBeforeDuringAndAfterTheirWrite() {
    try (var store = open(6, writes::add)) {
      for (var block : Four.chain(12)) {
        append(store, block);
        if (block.height().value() == 8) {
          assertThat(writes).hasSize(1);
          writes.remove().run();
        }
        assertAllFound(store, Four.chain((int) block.height().value()));
      }

      assertThat(writes).hasSize(1);
      writes.remove().run();
      assertAllFound(store, Four.chain(12));
      assertThat(store.indexedTransactions()).isEqualTo(36);
    }
  }

  @Test
  void whatWasNeverWrittenIsAddedAgainFromTheBlocks() {
    try (var store = open(6, writes::add)) {
      fill(store, 10);
    }

    try (var store = open(6, writes::add)) {
      assertAllFound(store, Four.chain(10));
      assertThat(store.indexedTransactions()).isEqualTo(30);
    }
  }

  @Test
  void aWriteThatComesAfterTheCloseIsPassedOver() {
    try (var store = open(6, writes::add)) {
      fill(store, 4);
    }

    writes.remove().run();

    try (var store = open(6, Runnable::run)) {
      assertAllFound(store, Four.chain(4));
    }
  }

  @Test
  @Timeout(30)
  void theCommitterWaitsWhenTheDiskDoesNotKeepUp() {
    var committer = Thread.currentThread();
    Executor slow = write -> Thread.ofPlatform().start(() -> whenWaiting(committer, write));
    var index = new StoreOptions.IndexOptions(6, 12, slow, 42);
    var options = new StoreOptions(Chains.MAP_BYTES, 0, index, notices::add);
    try (var store = LmdbChainStore.open(directory, Four.GENESIS, options)) {
      // Blocks 1 and 2 are being written; 3 to 6 fill the bound, so the append of 6 has to wait.
      fill(store, 6);

      assertAllFound(store, Four.chain(6));
    }
  }

  @Test
  void aLostIndexIsMadeAgain() throws IOException {
    try (var store = open(6, Runnable::run)) {
      fill(store, 10);
    }
    for (var file : List.of("data.mdb", "lock.mdb", "stopped")) {
      Files.delete(directory.resolve("index").resolve(file));
    }

    try (var store = open(6, Runnable::run)) {
      assertAllFound(store, Four.chain(10));
    }
  }

  @Test
  void aDamagedIndexIsMadeAgainAndThatIsTold() throws IOException {
    try (var store = open(6, Runnable::run)) {
      fill(store, 10);
    }
    var file = directory.resolve("index/data.mdb");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9_000));

    try (var store = open(6, Runnable::run)) {
      assertAllFound(store, Four.chain(10));
      assertThat(notices).singleElement().asString().contains("new index").contains("damaged");
    }
  }

  @Test
  void anIndexOfAnotherChainIsMadeAgain() throws IOException {
    var other = directory.resolve("other");
    try (var store = LmdbChainStore.open(other, Four.GENESIS, options(1, Runnable::run))) {
      append(store, Four.block(Four.START, "another chain"));
    }
    try (var store = open(6, Runnable::run)) {
      fill(store, 3);
    }
    for (var file : List.of("data.mdb", "stopped")) {
      Files.move(
          other.resolve("index").resolve(file),
          directory.resolve("index").resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }

    try (var store = open(6, Runnable::run)) {
      assertAllFound(store, Four.chain(3));
      assertThat(store.contains(Transaction.of(Bytes.utf8("another chain")).id())).isFalse();
      assertThat(notices).singleElement().asString().contains("another chain");
    }
  }

  @Test
  void aFailedWriteFailsTheNextCommit() {
    // So little room that the third write, of 900 ids, does not fit.
    var index = new StoreOptions.IndexOptions(2_000, 4_000, Runnable::run, 42);
    var options = new StoreOptions(1 << 20, 0, index, notices::add);
    try (var store = TransactionIndex.open(directory, options, LmdbEnvironment.Access.READ_WRITE)) {
      assertThatThrownBy(
              () -> {
                var state = Four.START;
                for (int i = 0; i < 40; i++) {
                  var block = Four.RULES.build(state, state.time(), Four.id("a"), many(i));
                  store.add(block);
                  state = state.after(block);
                }
              })
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("index failed")
          .hasMessageContaining("full");
    }
  }

  private static List<Transaction> many(int block) {
    var transactions = new ArrayList<Transaction>();
    for (int i = 0; i < 1_000; i++) {
      transactions.add(Transaction.of(Bytes.utf8(block + "/" + i)));
    }
    return transactions;
  }

  private LmdbChainStore open(int flushIds, Executor executor) {
    return LmdbChainStore.open(directory, Four.GENESIS, options(flushIds, executor));
  }

  private StoreOptions options(int flushIds, Executor executor) {
    var index = new StoreOptions.IndexOptions(flushIds, 1_000, executor, 42);
    return new StoreOptions(Chains.MAP_BYTES, 0, index, notices::add);
  }

  private static void assertAllFound(ChainReader store, List<LedgerBlock> chain) {
    for (var block : chain) {
      for (var transaction : block.transactions()) {
        assertThat(store.locate(transaction.id()).orElseThrow().height()).isEqualTo(block.height());
      }
    }
  }

  private static void whenWaiting(Thread committer, Runnable write) {
    while (committer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    write.run();
  }
}
