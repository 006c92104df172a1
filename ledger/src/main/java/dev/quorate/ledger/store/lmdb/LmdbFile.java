package dev.quorate.ledger.store.lmdb;

import dev.quorate.ledger.store.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The look at an LMDB file that comes before mapping it.
 *
 * <p>A clean stop leaves a note of the last transaction and the file's length. When the note is
 * right the file is as we left it, and its length against the meta page is all that is checked.
 * Otherwise, and always for an audit, every page is followed ({@link PageWalk}). A file shorter
 * than its last page is legal, as LMDB does not write pages that were free again before their first
 * commit, so the walk has the last word there.
 *
 * <p>Not covered: pages that rot while the file is in use, a meta page whose two copies were both
 * damaged plausibly, and a disk that fails a read of the map (SIGBUS).
 */
public final class LmdbFile {
  private static final String DATA = "data.mdb";
  private static final String NOTE = "stopped";

  private record Note(long transaction, long length) {}

  private LmdbFile() {}

  /** Throws a {@link StorageException} when LMDB should not map the file in this folder. */
  public static void check(Path directory, LmdbEnvironment.Access access) throws IOException {
    var path = directory.resolve(DATA);
    boolean usedBefore = Files.exists(directory.resolve(NOTE));
    if (!Files.exists(path) || Files.size(path) == 0) {
      if (usedBefore || access == LmdbEnvironment.Access.READ_ONLY) {
        throw new StorageException(path + " is missing or empty");
      }
      return;
    }
    try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
      var meta = MetaPage.read(file);
      var asWeLeftIt = Optional.of(new Note(meta.transaction(), file.size()));
      if (access == LmdbEnvironment.Access.READ_ONLY
          || file.size() < meta.fullLength()
          || !noteIn(directory).equals(asWeLeftIt)) {
        PageWalk.check(file, meta);
      }
    } catch (StorageException | IOException e) {
      throw new StorageException(path + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Notes that there is a file from now on: if it is gone later, it is not a new one. */
  static void noteCreated(Path directory) throws IOException {
    if (!Files.exists(directory.resolve(NOTE))) {
      Files.writeString(directory.resolve(NOTE), "in use\n");
      // LMDB syncs the file, but not that there is one.
      sync(directory);
      sync(directory.resolve(".."));
    }
  }

  /**
   * Notes where the file stands, after the last use of it. If that fails, on a full disk say, the
   * next start finds no note that fits, and walks.
   */
  static void noteCleanStop(Path directory) {
    try (var file = FileChannel.open(directory.resolve(DATA), StandardOpenOption.READ)) {
      var meta = MetaPage.read(file);
      var fresh = directory.resolve(NOTE + ".new");
      Files.writeString(
          fresh, "transaction %d length %d\n".formatted(meta.transaction(), file.size()));
      Files.move(fresh, directory.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | StorageException e) {
      return;
    }
  }

  private static Optional<Note> noteIn(Path directory) throws IOException {
    try {
      var words = Files.readString(directory.resolve(NOTE)).strip().split(" ", -1);
      return words.length == 4 && words[0].equals("transaction") && words[2].equals("length")
          ? Optional.of(new Note(Long.parseLong(words[1]), Long.parseLong(words[3])))
          : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
