package dev.quorate.ledger.store.lmdb;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The form of every record: {@code type u8, version u8, [key length u8, key], payload, crc u32}.
 *
 * <p>LMDB gives back whatever the disk gives back. The checksum (CRC32C, big-endian, over the key
 * and all bytes before it) finds what has changed, the type and the key find what has moved. Later
 * versions may change all but the two bytes in front and the checksum at the end.
 *
 * <p>Works on arrays only: with buffers in its place, C2 of JDK 25.0.3 lost a local variable when
 * it left compiled code in {@link #read}.
 */
public final class Records {
  /** The version this code writes, and the only one it reads. */
  static final byte VERSION = 1;

  /** LMDB's longest key is 511 bytes; ours are names, heights and hashes. */
  static final int MAX_KEY = 96;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int FRONT = 2;
  private static final int CHECKSUM = Integer.BYTES;

  private Records() {}

  /** A payload, given in parts, as the record under a key. */
  public static byte[] seal(Table table, Bytes key, Bytes... payload) {
    int end = front(table, key);
    for (var part : payload) {
      end = Math.addExact(end, part.length());
    }
    var record = new byte[Math.addExact(end, CHECKSUM)];
    record[0] = table.type();
    record[1] = VERSION;
    if (table.echoesKey()) {
      record[FRONT] = (byte) key.length();
      key.copyTo(record, FRONT + 1);
    }
    int at = front(table, key);
    for (var part : payload) {
      part.copyTo(record, at);
      at += part.length();
    }
    INT.set(record, end, checksum(key, record, end));
    return record;
  }

  /** A copy of the payload; throws when the record is not what was written under this key. */
  public static Bytes read(Table table, Bytes key, ByteBuffer stored) {
    var record = new byte[stored.remaining()];
    stored.get(stored.position(), record);
    int end = record.length - CHECKSUM;
    if (end < FRONT) {
      throw damaged(table, key, "only " + record.length + " bytes are left of it");
    }
    if (checksum(key, record, end) != (int) INT.get(record, end)) {
      throw damaged(table, key, "the checksum does not match");
    }
    if (record[0] != table.type()) {
      throw damaged(table, key, "it is of type " + record[0] + ", not " + table.type());
    }
    if (record[1] != VERSION) {
      throw new StorageException(
          "table %s, key %s: the record has format version %d, this program reads version %d"
              .formatted(table.label(), key.hex(), record[1] & 0xff, VERSION));
    }
    int front = front(table, key);
    var content = Bytes.wrap(record);
    if (table.echoesKey()
        && (end < front
            || record[FRONT] != (byte) key.length()
            || !content.slice(FRONT + 1, front).equals(key))) {
      throw damaged(table, key, "it belongs to another key");
    }
    return content.slice(front, end);
  }

  /** How a damaged record is reported. */
  public static StorageException damaged(Table table, Bytes key, String how) {
    return new StorageException(
        "table %s, key %s: the record is damaged: %s".formatted(table.label(), key.hex(), how));
  }

  /** Bytes before the payload. */
  private static int front(Table table, Bytes key) {
    return FRONT + (table.echoesKey() ? 1 + key.length() : 0);
  }

  private static int checksum(Bytes key, byte[] record, int end) {
    var crc = new CRC32C();
    crc.update(key.toArray());
    crc.update(record, 0, end);
    return (int) crc.getValue();
  }
}
