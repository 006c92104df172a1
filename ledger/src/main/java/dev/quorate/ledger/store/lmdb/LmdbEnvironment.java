package dev.quorate.ledger.store.lmdb;

import dev.quorate.ledger.store.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;

/**
 * An LMDB environment that cannot hurt the process.
 *
 * <p>The file is looked over before it is mapped ({@link LmdbFile}). Every use holds the lifecycle
 * lock, so the map is never taken away under a reader. A write that fails in any way poisons the
 * environment: LMDB would let the next commit succeed after a failed sync, and then nobody knows
 * what is on the disk. Syncs are LMDB's default, two for each write transaction.
 */
public final class LmdbEnvironment implements AutoCloseable {
  /** What an opener may do. */
  public enum Access {
    READ_WRITE,
    /** Changes not a byte of the folder; the caller sees to it that nobody else writes. */
    READ_ONLY
  }

  /** LMDB's table of readers has 126 places; some stay free for a tool that looks in. */
  static final int MAX_READERS = 120;

  private static final int FILE_MODE = 0600;

  private final Path directory;
  private final Access access;
  private final Env<ByteBuffer> env;
  private final Map<Table, Dbi<ByteBuffer>> tables = new EnumMap<>(Table.class);
  private final ConcurrentLinkedQueue<ReadTransaction> idle = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(MAX_READERS);
  private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private volatile @Nullable StorageException poison;
  private volatile boolean closed;

  private LmdbEnvironment(Path directory, Access access, Env<ByteBuffer> env) {
    this.directory = directory;
    this.access = access;
    this.env = env;
  }

  /** Opens or, if it may write, creates the environment in a folder; checks the file first. */
  public static LmdbEnvironment open(
      Path directory, long mapBytes, Set<Table> tables, Access access) {
    try {
      if (access == Access.READ_WRITE) {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
      }
      LmdbFile.check(directory, access);
      var builder = Env.create().setMapSize(mapBytes).setMaxDbs(tables.size());
      var env =
          access == Access.READ_WRITE
              ? builder.open(directory.toFile(), FILE_MODE, EnvFlags.MDB_NOTLS)
              : builder.open(
                  directory.toFile(),
                  FILE_MODE,
                  EnvFlags.MDB_NOTLS,
                  EnvFlags.MDB_RDONLY_ENV,
                  EnvFlags.MDB_NOLOCK);
      var opened = new LmdbEnvironment(directory, access, env);
      opened.openTables(tables);
      return opened;
    } catch (IOException | LmdbException e) {
      throw new StorageException("cannot open " + directory + ": " + reason(e), e);
    }
  }

  /** Looks at one snapshot. Keep it short: the file grows while a snapshot is held. */
  public <T> T read(Function<ReadTransaction, T> body) {
    lifecycle.readLock().lock();
    try {
      requireUsable();
      places.acquireUninterruptibly();
      try {
        return readHoldingPlace(body);
      } finally {
        places.release();
      }
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /** Makes changes durable: all of them when this returns; when it throws, nobody knows. */
  public void write(Consumer<WriteTransaction> body) {
    lifecycle.readLock().lock();
    try {
      requireUsable();
      try (var txn = env.txnWrite()) {
        try (var changes = new WriteTransaction(txn, tables)) {
          body.accept(changes);
        }
        txn.commit();
      } catch (RuntimeException | Error e) {
        throw poisonedBy(e);
      }
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /** How many bytes of the map are in use. */
  public long usedBytes() {
    return read(view -> (env.info().lastPageNumber + 1) * env.stat().pageSize);
  }

  /** Waits until nobody uses the environment, and leaves a note of where it stopped. */
  @Override
  public void close() {
    lifecycle.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      idle.forEach(view -> view.txn().close());
      idle.clear();
      env.close();
      if (access == Access.READ_WRITE && poison == null) {
        LmdbFile.noteCleanStop(directory);
      }
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private void openTables(Set<Table> wanted) throws IOException {
    try {
      for (var table : wanted) {
        var dbi =
            access == Access.READ_WRITE
                ? env.openDbi(table.label(), DbiFlags.MDB_CREATE)
                : env.openDbi(table.label());
        tables.put(table, dbi);
      }
      if (access == Access.READ_WRITE) {
        env.readerCheck();
        LmdbFile.noteCreated(directory);
      }
    } catch (LmdbException | IOException e) {
      env.close();
      throw e;
    }
  }

  private <T> T readHoldingPlace(Function<ReadTransaction, T> body) {
    var view = idle.poll();
    try {
      if (view == null) {
        view = new ReadTransaction(env.txnRead(), tables);
      } else {
        view.txn().renew();
      }
    } catch (LmdbException e) {
      throw new StorageException("cannot read " + directory + ": " + reason(e), e);
    }
    try {
      return body.apply(view);
    } catch (LmdbException e) {
      throw new StorageException("cannot read " + directory + ": " + reason(e), e);
    } finally {
      view.txn().reset();
      idle.add(view);
    }
  }

  /** Throws when it is closed, or a write has failed. */
  public void requireUsable() {
    var earlier = poison;
    if (earlier != null) {
      throw new StorageException(
          "no use of " + directory + " after a failed write: " + earlier.getMessage(), earlier);
    }
    if (closed) {
      throw new StorageException(directory + " is closed");
    }
  }

  private StorageException poisonedBy(Throwable cause) {
    var failure =
        cause instanceof StorageException known
            ? known
            : new StorageException("cannot write " + directory + ": " + reason(cause), cause);
    poison = failure;
    return failure;
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case Env.MapFullException _ -> "the map is full; the store has reached its largest size";
      case Dbi.KeyNotFoundException _ ->
          "a table is missing, so an older version wrote it; a start of the node adds the table";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
