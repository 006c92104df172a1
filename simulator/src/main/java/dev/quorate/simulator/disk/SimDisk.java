package dev.quorate.simulator.disk;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One node's disk: what it acknowledged stays, unless it is made to lie, to lose or to fail.
 *
 * <p>The store commits whole batches, like LMDB: of one that was under way in a crash there is all
 * or nothing. Every commit passes the {@link Fuse}.
 */
public final class SimDisk {
  private final Genesis genesis;
  private final Fuse fuse = new Fuse();
  private final List<Entry> journal = new ArrayList<>();
  private InMemoryChainStore store;
  private Consumer<Written> listener = _ -> {};
  private boolean full;
  private Failure next = Failure.NONE;
  private boolean poisoned;

  /** One committed batch, kept so that the disk can be taken back to before it. */
  record Entry(Optional<Bytes> engineState, List<LedgerBlock> bodies, List<Appended> appended) {
    Entry {
      bodies = List.copyOf(bodies);
      appended = List.copyOf(appended);
    }
  }

  /** What the next sync does. */
  public enum Failure {
    /** It works. */
    NONE,
    /** It reports an error, and nothing was written. */
    LOST,
    /** It reports an error, but everything was written. */
    WRITTEN
  }

  /** A final block in a batch. */
  record Appended(LedgerBlock block, Commit commit) {}

  /** An empty disk. */
  public SimDisk(Genesis genesis) {
    this.genesis = genesis;
    this.store = new InMemoryChainStore(genesis);
  }

  public Fuse fuse() {
    return fuse;
  }

  /** Batches that were committed and are still there. */
  public int batches() {
    return journal.size();
  }

  /** What is on the disk, for whoever looks from outside. */
  public ChainReader chain() {
    return store;
  }

  /** The engine's state on the disk. */
  public Optional<Bytes> engineState() {
    return store.engineState();
  }

  /**
   * The store of one process.
   *
   * @param listener told of everything that becomes durable
   */
  public ChainStore open(Consumer<Written> listener) {
    this.listener = listener;
    this.poisoned = false;
    this.next = Failure.NONE;
    store.reopen();
    return new SimStore(this, store);
  }

  /** From now on there is no room, or there is again. */
  public void full(boolean full) {
    this.full = full;
  }

  /** How the next sync goes; after one that failed all fail until the process starts again. */
  public void nextSync(Failure failure) {
    next = failure;
  }

  /** Takes the disk back by so many batches; how many there were to take. */
  public int forget(int batches) {
    int lost = Math.min(batches, journal.size());
    var kept = List.copyOf(journal.subList(0, journal.size() - lost));
    journal.clear();
    store = new InMemoryChainStore(genesis);
    kept.forEach(this::apply);
    return lost;
  }

  /** The whole directory is gone. */
  public void loseAll() {
    forget(journal.size());
  }

  void commit(Entry entry) {
    if (poisoned || full) {
      poisoned = true;
      throw new StorageException(full ? "no space left on device" : "an earlier sync failed");
    }
    if (next != Failure.NONE) {
      poisoned = true;
      if (next == Failure.WRITTEN) {
        apply(entry);
      }
      throw new StorageException("input/output error");
    }
    var blown = fuse.reach();
    if (blown.isPresent() && blown.get() != CrashKind.AFTER_WRITE) {
      throw new PowerCut(blown.get());
    }
    apply(entry);
    var finals = entry.appended().stream().map(Appended::block).toList();
    listener.accept(new Written.Records(entry.engineState(), entry.bodies(), finals));
    if (blown.isPresent()) {
      throw new PowerCut(blown.get());
    }
  }

  private void apply(Entry entry) {
    try (var batch = store.begin()) {
      entry.engineState().ifPresent(batch::saveEngineState);
      entry.bodies().forEach(batch::store);
      entry.appended().forEach(it -> batch.append(it.block(), it.commit()));
      batch.commit();
    }
    journal.add(entry);
  }
}
