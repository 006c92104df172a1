package dev.quorate.ledger.store.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordsTest {
  private static final Bytes KEY = Bytes.fromHex("00000000000000070a0b");
  private static final Bytes PAYLOAD = Bytes.utf8("a payload");

  @ParameterizedTest
  @EnumSource(Table.class)
  void givesBackThePayload(Table table) {
    assertThat(Records.read(table, KEY, record(table, KEY, PAYLOAD))).isEqualTo(PAYLOAD);
    assertThat(Records.read(table, KEY, record(table, KEY))).isEqualTo(Bytes.EMPTY);
    assertThat(Records.read(table, KEY, record(table, KEY, PAYLOAD, Bytes.utf8("!"))))
        .isEqualTo(Bytes.utf8("a payload!"));
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void findsEveryFlippedBit(Table table) {
    var intact = record(table, KEY, PAYLOAD);
    for (int bit = 0; bit < 8 * intact.capacity(); bit++) {
      var flipped = ByteBuffer.wrap(Bytes.copyOf(intact).toArray());
      flipped.put(bit / 8, (byte) (flipped.get(bit / 8) ^ 1 << bit % 8));

      assertThatThrownBy(() -> Records.read(table, KEY, flipped))
          .as("bit %d", bit)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(table.label())
          .hasMessageContaining(KEY.hex());
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void findsATornRecord(Table table) {
    var intact = record(table, KEY, PAYLOAD);
    for (int length = 0; length < intact.capacity(); length++) {
      var torn = intact.slice(0, length);

      assertThatThrownBy(() -> Records.read(table, KEY, torn))
          .as("%d bytes", length)
          .isInstanceOf(StorageException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void findsARecordUnderAnotherKeyOrInAnotherTable(Table table) {
    var other = Bytes.fromHex("00000000000000080a0b");
    var elsewhere = table == Table.BLOCKS ? Table.BODIES : Table.BLOCKS;
    var record = record(table, KEY, PAYLOAD);

    assertThatThrownBy(() -> Records.read(table, other, record))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> Records.read(elsewhere, KEY, record))
        .isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void refusesAnotherFormatVersionWithASentence(Table table) {
    var record = record(table, KEY, PAYLOAD);
    record.put(1, (byte) 2);
    int end = record.capacity() - Integer.BYTES;
    var crc = new CRC32C();
    crc.update(KEY.asBuffer());
    crc.update(record.slice(0, end));
    record.putInt(end, (int) crc.getValue());

    assertThatThrownBy(() -> Records.read(table, KEY, record))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 2, this program reads version 1");
  }

  private static ByteBuffer record(Table table, Bytes key, Bytes... payload) {
    return ByteBuffer.wrap(Records.seal(table, key, payload));
  }
}
