package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records in two slots that are written in turn: of the sound ones the highest counter wins, so a
 * write that is torn or lost leaves the record before it.
 *
 * <p>A slot is magic 4, format 4, counter 8, length 4, CRC32C 4 over the three before and the
 * record, then the record.
 */
final class GuardSlots {
  private static final int MAGIC = 0x51475244;
  private static final int FORMAT = 1;
  private static final int HEADER = 24;

  private final GuardStorage storage;
  private final @Nullable GuardRecord newest;
  private long counter;
  private int next;

  /** Reads both slots. */
  GuardSlots(GuardStorage storage) {
    this.storage = storage;
    Slot best = null;
    for (int i = 0; i < GuardStorage.SLOTS; i++) {
      var slot = read(storage.read(i));
      if (slot != null && (best == null || slot.counter > best.counter)) {
        best = slot;
        next = (i + 1) % GuardStorage.SLOTS;
      }
    }
    newest = best == null ? null : GuardCodec.decode(best.record);
    counter = best == null ? 0 : best.counter;
  }

  private record Slot(long counter, Bytes record) {}

  /** The record that was written last, as far as the slots still hold it. */
  Optional<GuardRecord> newest() {
    return Optional.ofNullable(newest);
  }

  /** When this returns, the record is on the disk. */
  void write(GuardRecord record) {
    var encoded = GuardCodec.encode(record);
    counter++;
    var out = ByteBuffer.allocate(HEADER + encoded.length());
    out.putInt(MAGIC).putInt(FORMAT).putLong(counter).putInt(encoded.length());
    out.putInt(checksum(FORMAT, counter, encoded));
    encoded.copyTo(out);
    storage.write(next, Bytes.wrap(out.array()));
    storage.sync();
    next = (next + 1) % GuardStorage.SLOTS;
  }

  private static @Nullable Slot read(Bytes slot) {
    if (slot.length() < HEADER) {
      return null;
    }
    var in = slot.asBuffer();
    if (in.getInt() != MAGIC) {
      return null;
    }
    int format = in.getInt();
    long counter = in.getLong();
    int length = in.getInt();
    int checksum = in.getInt();
    if (length < 0 || length > slot.length() - HEADER) {
      return null;
    }
    var record = slot.slice(HEADER, HEADER + length);
    if (checksum != checksum(format, counter, record)) {
      return null;
    }
    if (format != FORMAT) {
      throw new StorageException(
          "the sign guard has format %d, this replica reads %d".formatted(format, FORMAT));
    }
    return new Slot(counter, record);
  }

  private static int checksum(int format, long counter, Bytes record) {
    var crc = new CRC32C();
    var head = ByteBuffer.allocate(16);
    crc.update(head.putInt(format).putLong(counter).putInt(record.length()).flip());
    crc.update(record.asBuffer());
    return (int) crc.getValue();
  }
}
