package dev.quorate.ledger.store.lmdb;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The form of every record: {@code type u8, version u8, [key length u8, key], payload, crc u32}.
 *
 * <p>LMDB gives back whatever the disk gives back. The checksum (CRC32C, big-endian, over the key
 * and all bytes before it) finds what has changed, the type and the key find what has moved. Later
 * versions may change all but the two bytes in front and the checksum at the end.
 */
public final class Records {
  /** The version this code writes, and the only one it reads. */
  static final byte VERSION = 1;

  /** LMDB's longest key is 511 bytes; ours are names, heights and hashes. */
  static final int MAX_KEY = 96;

  private static final int FRONT = 2;
  private static final int CHECKSUM = Integer.BYTES;

  private Records() {}

  /** How many bytes a record takes. */
  public static int size(Table table, Bytes key, Bytes... payload) {
    int size = FRONT + (table.echoesKey() ? 1 + key.length() : 0) + CHECKSUM;
    for (var part : payload) {
      size = Math.addExact(size, part.length());
    }
    return size;
  }

  /** Fills the target, which has exactly the record's size. */
  public static void write(ByteBuffer target, Table table, Bytes key, Bytes... payload) {
    target.order(ByteOrder.BIG_ENDIAN);
    target.put(table.type()).put(VERSION);
    if (table.echoesKey()) {
      target.put((byte) key.length());
      key.copyTo(target);
    }
    for (var part : payload) {
      part.copyTo(target);
    }
    int checked = target.position();
    target.flip();
    int checksum = checksum(key, target);
    target.limit(checked + CHECKSUM).position(checked);
    target.putInt(checksum);
  }

  /** A copy of the payload; throws when the record is not what was written under this key. */
  public static Bytes read(Table table, Bytes key, ByteBuffer stored) {
    var record = stored.slice().order(ByteOrder.BIG_ENDIAN);
    int front = FRONT + (table.echoesKey() ? 1 + key.length() : 0);
    int end = record.limit() - CHECKSUM;
    if (end < FRONT) {
      throw damaged(table, key, "only " + record.limit() + " bytes are left of it");
    }
    int written = record.getInt(end);
    if (checksum(key, record.slice(0, end)) != written) {
      throw damaged(table, key, "the checksum does not match");
    }
    if (record.get(0) != table.type()) {
      throw damaged(table, key, "it is of type " + record.get(0) + ", not " + table.type());
    }
    if (record.get(1) != VERSION) {
      throw new StorageException(
          "table %s, key %s: the record has format version %d, this program reads version %d"
              .formatted(table.label(), key.hex(), record.get(1) & 0xff, VERSION));
    }
    if (table.echoesKey() && (end < front || !echoes(record, key))) {
      throw damaged(table, key, "it belongs to another key");
    }
    return Bytes.copyOf(record.slice(front, end - front));
  }

  /** How a damaged record is reported. */
  public static StorageException damaged(Table table, Bytes key, String how) {
    return new StorageException(
        "table %s, key %s: the record is damaged: %s".formatted(table.label(), key.hex(), how));
  }

  private static boolean echoes(ByteBuffer record, Bytes key) {
    return record.get(FRONT) == (byte) key.length()
        && record.slice(FRONT + 1, key.length()).equals(key.asBuffer());
  }

  private static int checksum(Bytes key, ByteBuffer content) {
    var crc = new CRC32C();
    crc.update(key.asBuffer());
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }
}
