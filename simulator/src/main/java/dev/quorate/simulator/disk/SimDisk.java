package dev.quorate.simulator.disk;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.simulator.clock.Chance;
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
 * or nothing. The slots of the sign guard are overwritten byte by byte, so of them there may be a
 * part. Every commit and every sync passes the {@link Fuse}.
 */
public final class SimDisk {
  private final Genesis genesis;
  private final Fuse fuse = new Fuse();
  private final SlotFile slots;
  private final List<Entry> journal = new ArrayList<>();
  private InMemoryChainStore store;
  private Consumer<Written> listener = _ -> {};
  private boolean full;
  private Failure next = Failure.NONE;
  private boolean poisoned;

  /** One acknowledged write, kept so that the disk can be taken back to before it. */
  sealed interface Entry {}

  /** One batch of the store. */
  record Records(
      Optional<Bytes> engineState,
      List<LedgerBlock> bodies,
      List<DuplicateVoteEvidence> evidence,
      List<Appended> appended)
      implements Entry {
    Records {
      bodies = List.copyOf(bodies);
      evidence = List.copyOf(evidence);
      appended = List.copyOf(appended);
    }

    boolean isEmpty() {
      return engineState.isEmpty() && bodies.isEmpty() && evidence.isEmpty() && appended.isEmpty();
    }
  }

  /** One slot of the guard. */
  private record Slot(int slot, Bytes content) implements Entry {}

  /** A final block in a batch. */
  record Appended(LedgerBlock block, Commit commit) {}

  /** What the next sync does. */
  public enum Failure {
    /** It works. */
    NONE,
    /** It reports an error, and nothing was written. */
    LOST,
    /** It reports an error, but everything was written. */
    WRITTEN
  }

  /**
   * An empty disk.
   *
   * @param tears decides what is left of a write that is torn
   */
  public SimDisk(Genesis genesis, Chance tears) {
    this.genesis = genesis;
    this.slots = new SlotFile(tears, this::synced);
    this.store = new InMemoryChainStore(genesis);
  }

  public Fuse fuse() {
    return fuse;
  }

  /** Writes that were acknowledged and are still there. */
  public int writes() {
    return journal.size();
  }

  /** What is on the disk, for whoever looks from outside. */
  public ChainReader chain() {
    return store;
  }

  /** The engine's state that was saved last. */
  public Optional<Bytes> engineState() {
    return store.engineState();
  }

  /** Where the sign guard of a process keeps what it signed. */
  public GuardStorage guard() {
    return slots;
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
    slots.drop();
    store.reopen();
    return new SimStore(this, store);
  }

  /** From now on there is no room, or there is again. The guard's slots have theirs already. */
  public void full(boolean full) {
    this.full = full;
  }

  /** How the next sync goes; after one that failed all fail until the process starts again. */
  public void nextSync(Failure failure) {
    next = failure;
  }

  /** Takes the disk back by so many writes; how many there were to take. */
  public int forget(int writes) {
    int lost = Math.min(writes, journal.size());
    var kept = List.copyOf(journal.subList(0, journal.size() - lost));
    journal.clear();
    store = new InMemoryChainStore(genesis);
    slots.erase();
    for (var entry : kept) {
      switch (entry) {
        case Records records -> apply(records);
        case Slot(var slot, var content) -> {
          slots.put(slot, content);
          journal.add(entry);
        }
      }
    }
    return lost;
  }

  /** The whole directory is gone. */
  public void loseAll() {
    forget(journal.size());
  }

  void commit(Records records) {
    if (full) {
      poisoned = true;
      throw new StorageException("no space left on device");
    }
    boundary(
        () -> {
          apply(records);
          return new Written.Records(
              records.engineState(),
              records.bodies(),
              records.appended().stream().map(Appended::block).toList());
        },
        () -> {});
  }

  private void synced(int slot, Bytes content) {
    boundary(
        () -> {
          slots.put(slot, content);
          journal.add(new Slot(slot, content));
          return new Written.GuardSlot(slot, content);
        },
        () -> slots.tear(slot, content));
  }

  /** What a write does to the disk, and what it is told as. */
  private interface Write {
    Written apply();
  }

  private void boundary(Write write, Runnable tear) {
    if (poisoned) {
      throw new StorageException("an earlier sync failed");
    }
    if (next != Failure.NONE) {
      poisoned = true;
      if (next == Failure.WRITTEN) {
        write.apply();
      }
      throw new StorageException("input/output error");
    }
    var blown = fuse.reach();
    if (blown.isPresent() && blown.get() != CrashKind.AFTER_WRITE) {
      if (blown.get() == CrashKind.TORN_WRITE) {
        tear.run();
      }
      throw new PowerCut(blown.get());
    }
    listener.accept(write.apply());
    if (blown.isPresent()) {
      throw new PowerCut(blown.get());
    }
  }

  private void apply(Records records) {
    try (var batch = store.begin()) {
      records.engineState().ifPresent(batch::saveEngineState);
      records.bodies().forEach(batch::store);
      records.evidence().forEach(batch::keep);
      records.appended().forEach(it -> batch.append(it.block(), it.commit()));
      batch.commit();
    }
    journal.add(records);
  }
}
