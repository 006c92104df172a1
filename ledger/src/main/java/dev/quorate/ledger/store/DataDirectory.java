package dev.quorate.ledger.store;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.GenesisReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The folder that holds what one node must not lose, locked by this process.
 *
 * <pre>
 *   LOCK            held while the node runs, with its process id
 *   identity.json   chain, genesis, engine, node key and format; compared at every start
 *   genesis.json    a copy, so that the folder can be audited on its own
 *   chain/ index/   the store ({@link LmdbChainStore})
 * </pre>
 *
 * <p>Everything is judged before anything is touched: a start that is refused has changed nothing.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String IDENTITY = "identity.json";
  private static final String GENESIS = "genesis.json";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final Genesis genesis;
  private final DirectoryLock lock;

  private DataDirectory(Path path, Genesis genesis, DirectoryLock lock) {
    this.path = path;
    this.genesis = genesis;
    this.lock = lock;
  }

  /** What came of opening a folder. */
  public sealed interface Opening {
    /** It is ours until it is closed. */
    record Opened(DataDirectory directory) implements Opening {}

    /**
     * It may not be used.
     *
     * @param reason one line that names the folder and says why
     * @param damaged whether it was a node's folder, and what says whose it is was changed or lost
     */
    record Refused(String reason, boolean damaged) implements Opening {}
  }

  /**
   * Takes the folder for a node, and makes it at the first start.
   *
   * @throws StorageException when the file system fails
   */
  public static Opening open(Path path, Genesis genesis, PublicKey nodeKey) {
    var node = DirectoryIdentity.of(genesis, nodeKey);
    try {
      var refusal = judge(path, node);
      if (refusal.isPresent()) {
        return refused(path, refusal.get());
      }
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      var lock = DirectoryLock.exclusive(path);
      if (lock.isEmpty()) {
        return refused(path, "it is in use by " + DirectoryLock.holder(path));
      }
      return openLocked(path, genesis, node, lock.get());
    } catch (IOException e) {
      throw new StorageException("cannot use data directory " + path + ": " + e, e);
    }
  }

  /**
   * Takes the folder of a node that is not running, to look at it; nothing in it changes, also not
   * the LOCK file. A node that runs is not disturbed: the folder is refused, because a look at
   * pages that are being written could end this process. While somebody looks, the node does not
   * start.
   *
   * @throws StorageException when the file system fails
   */
  public static Opening openReadOnly(Path path) {
    try {
      var identity = identity(path);
      if (identity.isEmpty()) {
        return refused(path, "it has no readable " + IDENTITY, isNodes(path));
      }
      if (identity.get().format() != DirectoryIdentity.FORMAT) {
        return refused(
            path,
            "it has format %d, this program reads %d"
                .formatted(identity.get().format(), DirectoryIdentity.FORMAT));
      }
      var genesis = genesis(path, identity.get());
      if (genesis.isEmpty()) {
        return refused(
            path, "its " + GENESIS + " is missing, or not the one it was made with", true);
      }
      var lock = DirectoryLock.shared(path);
      return lock.isPresent()
          ? new Opening.Opened(new DataDirectory(path, genesis.get(), lock.get()))
          : refused(path, "stop the node first, it is in use by " + DirectoryLock.holder(path));
    } catch (NoSuchFileException e) {
      return refused(path, "there is no " + e.getMessage());
    } catch (IOException e) {
      throw new StorageException("cannot use data directory " + path + ": " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  /** The network whose data this is. */
  public Genesis genesis() {
    return genesis;
  }

  /** Lets go of the folder; close what lies in it first. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StorageException("cannot unlock data directory " + path + ": " + e, e);
    }
  }

  private static Opening openLocked(
      Path path, Genesis genesis, DirectoryIdentity node, DirectoryLock lock) throws IOException {
    try {
      // Again, as another process may have been first.
      var refusal = judge(path, node);
      if (refusal.isPresent()) {
        lock.close();
        return refused(path, refusal.get());
      }
      if (identity(path).isEmpty()) {
        write(path.resolve(GENESIS), genesis.bytes());
        write(path.resolve(IDENTITY), node.write());
      }
      return new Opening.Opened(new DataDirectory(path, genesis, lock));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Why the node may not use the folder. */
  private static Optional<String> judge(Path path, DirectoryIdentity node) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(path)) {
      return Optional.of("it is not a directory");
    }
    var permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      return Optional.of(
          "others than its owner may use it (%s); chmod 700 mends that"
              .formatted(PosixFilePermissions.toString(permissions)));
    }
    if (Files.exists(path.resolve(IDENTITY))) {
      return identity(path)
          .map(it -> it.differsFrom(node))
          .orElse(Optional.of("its " + IDENTITY + " cannot be read"));
    }
    return Files.exists(path.resolve("chain"))
        ? Optional.of("it holds a chain, but no " + IDENTITY + " to say whose")
        : Optional.empty();
  }

  private static Optional<DirectoryIdentity> identity(Path path) throws IOException {
    var file = path.resolve(IDENTITY);
    return Files.exists(file)
        ? DirectoryIdentity.read(Bytes.wrap(Files.readAllBytes(file)))
        : Optional.empty();
  }

  private static Optional<Genesis> genesis(Path path, DirectoryIdentity identity)
      throws IOException {
    var file = path.resolve(GENESIS);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return switch (Genesis.read(Bytes.wrap(Files.readAllBytes(file)))) {
      case GenesisReading.Read(var genesis) when identity.isOf(genesis) -> Optional.of(genesis);
      case GenesisReading.Read _, GenesisReading.Faulty _ -> Optional.empty();
    };
  }

  /** All of the file or none of it, also after a power cut. */
  private static void write(Path file, Bytes content) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      for (ByteBuffer rest = content.asBuffer(); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static boolean isNodes(Path path) {
    return Files.exists(path.resolve(IDENTITY)) || Files.exists(path.resolve("chain"));
  }

  private static Opening refused(Path path, String reason) {
    return refused(path, reason, false);
  }

  private static Opening refused(Path path, String reason, boolean damaged) {
    return new Opening.Refused("data directory " + path + " is refused: " + reason, damaged);
  }
}
