package dev.quorate.ledger.store.lmdb;

import dev.quorate.crypto.Bytes;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Txn;

/** Changes that become durable together. */
public final class WriteTransaction implements AutoCloseable {
  private final ReadTransaction view;
  private final Map<Table, Cursor<ByteBuffer>> cursors = new EnumMap<>(Table.class);

  WriteTransaction(Txn<ByteBuffer> txn, Map<Table, Dbi<ByteBuffer>> tables) {
    view = new ReadTransaction(txn, tables);
  }

  /** The environment with the changes made so far. */
  public ReadTransaction view() {
    return view;
  }

  /** Writes a record. Ascending keys are the cheapest. */
  public void put(Table table, Bytes key, Bytes... payload) {
    var cursor = cursors.computeIfAbsent(table, t -> view.dbi(t).openCursor(view.txn()));
    var record = Records.seal(table, key, payload);
    cursor.reserve(view.direct(key), record.length).put(record);
  }

  public void delete(Table table, Bytes key) {
    view.dbi(table).delete(view.txn(), view.direct(key));
  }

  @Override
  public void close() {
    cursors.values().forEach(Cursor::close);
    cursors.clear();
  }
}
