package dev.quorate.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@code LOCK} file of a data directory: one process writes, or several only look. The system
 * lets go of it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "LOCK";

  /**
   * What this process holds. The system's locks are between processes, and closing a second channel
   * to the file would drop the first one's lock, so nothing is opened that we hold already.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Locks for a writer, who leaves its process id in the file; empty when somebody holds it. */
  static Optional<DirectoryLock> exclusive(Path directory) throws IOException {
    return take(
        directory,
        false,
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** Locks against writers, leaving no trace; empty when one holds it. */
  static Optional<DirectoryLock> shared(Path directory) throws IOException {
    return take(directory, true, StandardOpenOption.READ);
  }

  /** Who holds the lock, for a message. */
  static String holder(Path directory) {
    if (HELD.contains(key(directory))) {
      return "this process, " + ProcessHandle.current().pid();
    }
    try {
      long pid = Long.parseLong(Files.readString(directory.resolve(FILE)).strip());
      return ProcessHandle.of(pid).isPresent() ? "process " + pid : "another process";
    } catch (IOException | NumberFormatException e) {
      return "another process";
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (!lock.isShared() && channel.isOpen()) {
        channel.truncate(0);
      }
    } finally {
      HELD.remove(file);
    }
  }

  private static Optional<DirectoryLock> take(
      Path directory, boolean shared, StandardOpenOption... options) throws IOException {
    var file = key(directory);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    Optional<DirectoryLock> taken = Optional.empty();
    try {
      taken = lock(file, shared, options);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        HELD.remove(file);
      }
    }
  }

  private static Optional<DirectoryLock> lock(
      Path file, boolean shared, StandardOpenOption... options) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var channel = FileChannel.open(file, Set.of(options), ownerOnly);
    var lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    if (!shared) {
      var pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    }
    return Optional.of(new DirectoryLock(file, channel, lock));
  }

  private static Path key(Path directory) {
    try {
      return directory.toRealPath().resolve(FILE);
    } catch (IOException e) {
      return directory.toAbsolutePath().resolve(FILE);
    }
  }
}
