package dev.quorate.node.guard;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.guard.GuardStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file {@code guard} in a node's data folder: two slots, preallocated when it is made, so that
 * a write changes no length and one sync of data is enough.
 */
public final class GuardFile implements GuardStorage, AutoCloseable {
  private static final String NAME = "guard";
  private static final long SIZE = (long) SLOTS * SLOT_BYTES;

  private final Path path;
  private final FileChannel channel;

  private GuardFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens the file in a folder that the caller has locked; makes it when it is not there. */
  public static GuardFile open(Path directory) {
    var path = directory.resolve(NAME);
    try {
      var channel =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var file = new GuardFile(path, channel);
      if (channel.size() < SIZE) {
        file.fill();
        syncDirectory(directory);
      }
      return file;
    } catch (IOException e) {
      throw new StorageException("cannot use " + path + ": " + e, e);
    }
  }

  @Override
  public Bytes read(int slot) {
    var buffer = ByteBuffer.allocate(SLOT_BYTES);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset(slot) + buffer.position()) < 0) {
          break;
        }
      }
    } catch (IOException e) {
      throw new StorageException("cannot read " + path + ": " + e, e);
    }
    return Bytes.copyOf(buffer.flip());
  }

  @Override
  public void write(int slot, Bytes content) {
    if (content.length() > SLOT_BYTES) {
      throw new IllegalArgumentException(content.length() + " bytes for a slot");
    }
    try {
      writeAt(offset(slot), content.asBuffer());
    } catch (IOException e) {
      throw new StorageException("cannot write " + path + ": " + e, e);
    }
  }

  @Override
  public void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new StorageException("cannot sync " + path + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StorageException("cannot close " + path + ": " + e, e);
    }
  }

  private void fill() throws IOException {
    long size = channel.size();
    writeAt(size, ByteBuffer.allocate((int) (SIZE - size)));
    channel.force(true);
  }

  private void writeAt(long position, ByteBuffer content) throws IOException {
    long at = position;
    while (content.hasRemaining()) {
      at += channel.write(content, at);
    }
  }

  private static long offset(int slot) {
    return (long) slot * SLOT_BYTES;
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (var folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
