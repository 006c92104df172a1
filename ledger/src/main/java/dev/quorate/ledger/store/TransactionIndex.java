package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Transaction id -> height and index.
 *
 * <p>Ids are random, so writing each commit's ids at once would touch a page an id, and more of
 * them the longer the chain. They are kept in memory instead ({@link RecentIds}) and written in
 * large sorted batches by another thread, into an environment of its own so that the commit path
 * never waits for LMDB's one writer. The mark "indexed up to this block" is in the same
 * transaction. A run of ids leaves memory only when it is durable, and every lookup asks memory
 * first, then takes a fresh snapshot of the disk: an id that was added is always found.
 *
 * <p>While one run is written the next one fills; if it fills up to the bound, the committer waits.
 */
final class TransactionIndex implements AutoCloseable {
  /** Where a transaction stands. */
  record Place(Height height, int index) {}

  /** All blocks up to this one are on disk in the index. */
  record Mark(Height height, Hash blockHash) {}

  /** So many blocks, however few ids, are worth a write: at start these blocks are read again. */
  static final int FLUSH_BLOCKS = 20_000;

  private static final Bytes MARK = Bytes.utf8("indexed");

  private final LmdbEnvironment env;
  private final StoreOptions.IndexOptions options;
  private final boolean writes;
  private final Object flushes = new Object();
  private volatile @Nullable RecentIds filling;
  private volatile @Nullable RecentIds leaving;
  private volatile @Nullable StorageException failure;
  private @Nullable Mark newest;
  private boolean closing;

  /** How many ids the run before had: its successor need not grow on the committer's time. */
  private int lastRun;

  private TransactionIndex(LmdbEnvironment env, StoreOptions.IndexOptions options, boolean writes) {
    this.env = env;
    this.options = options;
    this.writes = writes;
  }

  static TransactionIndex open(
      Path directory, StoreOptions options, LmdbEnvironment.Access access) {
    var env = LmdbEnvironment.open(directory, options.mapBytes(), Table.INDEX, access);
    return new TransactionIndex(env, options.index(), access == LmdbEnvironment.Access.READ_WRITE);
  }

  /** How far the index reaches on disk; empty when it holds nothing. */
  Optional<Mark> mark() {
    return env.read(view -> view.get(Table.MARKS, MARK)).map(TransactionIndex::decodeMark);
  }

  /**
   * Adds the transactions of the block after the last one that was added. One thread adds; it waits
   * here, and only here, when the disk does not keep up.
   */
  void add(LedgerBlock block) {
    throwFailure();
    var run = filling;
    if (run == null) {
      run = new RecentIds(block.height(), lastRun, options.secret());
      filling = run;
    }
    var transactions = block.transactions();
    for (int i = 0; i < transactions.size(); i++) {
      run.add(transactions.get(i).id(), block.height(), i);
    }
    run.reaches(block.height());
    newest = new Mark(block.height(), block.id().hash());
    if (writes && isWorthWriting(run)) {
      startFlush(run, newest);
    }
  }

  /** Where a transaction stands; empty when it was never added. */
  Optional<Place> find(Hash id) {
    throwFailure();
    // In this order: ids move from filling to leaving to the disk, and are never nowhere.
    var place = find(filling, id);
    if (place == null) {
      place = find(leaving, id);
    }
    if (place != null) {
      return Optional.of(place);
    }
    return env.read(view -> view.get(Table.IDS, id.bytes())).map(TransactionIndex::decodePlace);
  }

  /** How many ids there are; exact while nothing is added. */
  long size() {
    synchronized (flushes) {
      return env.read(
          view -> {
            var marked = view.get(Table.MARKS, MARK).map(it -> decodeMark(it).height());
            return view.entries(Table.IDS) + beyond(marked, filling) + beyond(marked, leaving);
          });
    }
  }

  long usedBytes() {
    return env.usedBytes();
  }

  /** Waits for a write under way. What is in memory only is added again at the next start. */
  @Override
  public void close() {
    synchronized (flushes) {
      closing = true;
      flushes.notifyAll();
    }
    env.close();
  }

  private boolean isWorthWriting(RecentIds run) {
    return run.size() >= options.flushIds() || run.blocks() >= FLUSH_BLOCKS;
  }

  private void startFlush(RecentIds run, Mark upTo) {
    synchronized (flushes) {
      if (leaving != null) {
        if (run.size() < options.maxRecentIds()) {
          return;
        }
        awaitFlush();
        throwFailure();
      }
      leaving = run;
      filling = null;
      lastRun = Math.min(run.size(), options.flushIds());
    }
    try {
      options.executor().execute(() -> flush(run, upTo));
    } catch (RejectedExecutionException e) {
      failure = new StorageException("the index cannot be written: its executor is closed", e);
      throw failure;
    }
  }

  private void flush(RecentIds run, Mark upTo) {
    try {
      env.write(
          changes -> {
            run.forEachSorted((id, place) -> changes.put(Table.IDS, id, encode(place)));
            changes.put(Table.MARKS, MARK, encode(upTo));
          });
      synchronized (flushes) {
        leaving = null;
        flushes.notifyAll();
      }
    } catch (StorageException e) {
      synchronized (flushes) {
        if (!closing) {
          failure = e;
        }
        flushes.notifyAll();
      }
    }
  }

  /** Holding the monitor. */
  private void awaitFlush() {
    boolean interrupted = false;
    while (leaving != null && failure == null && !closing) {
      try {
        flushes.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwFailure() {
    var earlier = failure;
    if (earlier != null) {
      throw new StorageException("the index failed: " + earlier.getMessage(), earlier);
    }
  }

  /** A run's ids, unless they are on disk already and it is only about to leave. */
  private static int beyond(Optional<Height> marked, @Nullable RecentIds run) {
    return run == null || marked.filter(it -> !run.last().isAbove(it)).isPresent() ? 0 : run.size();
  }

  private static @Nullable Place find(@Nullable RecentIds run, Hash id) {
    return run == null ? null : run.find(id);
  }

  private static Bytes encode(Place place) {
    var encoded = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    return Bytes.wrap(encoded.putLong(place.height.value()).putInt(place.index).array());
  }

  private static Place decodePlace(Bytes encoded) {
    var buffer = encoded.asBuffer();
    return new Place(new Height(buffer.getLong()), buffer.getInt());
  }

  private static Bytes encode(Mark mark) {
    var encoded = ByteBuffer.allocate(Long.BYTES + Hash.SIZE);
    encoded.putLong(mark.height.value());
    mark.blockHash.bytes().copyTo(encoded);
    return Bytes.wrap(encoded.array());
  }

  private static Mark decodeMark(Bytes encoded) {
    return new Mark(
        new Height(encoded.asBuffer().getLong()),
        Hash.copyOf(encoded.slice(Long.BYTES, encoded.length())));
  }
}
