package dev.quorate.ledger.store.lmdb;

import dev.quorate.crypto.Bytes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/** One consistent view of an environment; what it hands out is copied and outlives it. */
public final class ReadTransaction {
  /** Is shown one record after another. */
  @FunctionalInterface
  public interface Visitor {
    /** Whether to go on. */
    boolean visit(Bytes key, ByteBuffer record);
  }

  private final Txn<ByteBuffer> txn;
  private final Map<Table, Dbi<ByteBuffer>> tables;
  private final ByteBuffer key = ByteBuffer.allocateDirect(Records.MAX_KEY);

  ReadTransaction(Txn<ByteBuffer> txn, Map<Table, Dbi<ByteBuffer>> tables) {
    this.txn = txn;
    this.tables = tables;
  }

  /** The payload under a key. */
  public Optional<Bytes> get(Table table, Bytes wanted) {
    var found = dbi(table).get(txn, direct(wanted));
    return found == null ? Optional.empty() : Optional.of(Records.read(table, wanted, found));
  }

  /** Whether there is a record under a key, which is not read. */
  public boolean has(Table table, Bytes wanted) {
    return dbi(table).get(txn, direct(wanted)) != null;
  }

  /** Shows the records from a key on, in order of the keys; they are not checked. */
  public void scan(Table table, Bytes from, Visitor visitor) {
    try (var cursor = dbi(table).openCursor(txn)) {
      boolean more = cursor.get(direct(from), GetOp.MDB_SET_RANGE);
      while (more && visitor.visit(Bytes.copyOf(cursor.key()), cursor.val())) {
        more = cursor.next();
      }
    }
  }

  /** How many records a table has. */
  public long entries(Table table) {
    return dbi(table).stat(txn).entries;
  }

  Txn<ByteBuffer> txn() {
    return txn;
  }

  Dbi<ByteBuffer> dbi(Table table) {
    var dbi = tables.get(table);
    if (dbi == null) {
      throw new IllegalArgumentException("no table " + table.label() + " in this environment");
    }
    return dbi;
  }

  /** The key where LMDB can see it, until the next call. */
  ByteBuffer direct(Bytes wanted) {
    key.clear();
    wanted.copyTo(key);
    return key.flip();
  }
}
