package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The transaction ids of a run of blocks, in memory; one thread adds, any thread looks up.
 *
 * <p>An open-addressed table of entry numbers beside the entries themselves, five words each: four
 * of the id, one of the place. That is 48 to 96 bytes an id, where a map of objects takes 180. An
 * entry's words are written before its number is released into the table, so a reader who finds the
 * number sees the words. The table is keyed with a secret, lest somebody make ids that all fall
 * into one slot.
 */
final class RecentIds {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int ID_WORDS = 4;
  private static final int ENTRY_WORDS = ID_WORDS + 1;
  private static final int LEAST_CAPACITY = 512;

  /** Both arrays grow together: the numbers in a table always lie inside its entries. */
  private static final class Room {
    private final AtomicIntegerArray table;
    private final long[] entries;

    Room(int capacity) {
      table = new AtomicIntegerArray(2 * capacity);
      entries = new long[ENTRY_WORDS * capacity];
    }
  }

  private final long secret;
  private final Height first;
  private volatile Height last;
  private volatile Room room;
  private volatile int count;

  /**
   * An empty run that begins at the given height.
   *
   * @param expected how many ids are likely to come; with more of them it grows
   */
  RecentIds(Height first, int expected, long secret) {
    this.secret = secret;
    this.room = new Room(Math.max(LEAST_CAPACITY, powerOfTwo(expected)));
    this.first = first;
    this.last = first;
  }

  /** Adds an id at its place; heights never go down. */
  void add(Hash id, Height height, int index) {
    int number = count;
    if (number * ENTRY_WORDS == room.entries.length) {
      room = grown();
    }
    var words = words(id);
    var entries = room.entries;
    System.arraycopy(words, 0, entries, number * ENTRY_WORDS, ID_WORDS);
    long run = Math.toIntExact(height.value() - first.value());
    entries[number * ENTRY_WORDS + ID_WORDS] = run << Integer.SIZE | index;
    insert(room.table, slot(words, 0), number);
    count = number + 1;
  }

  /** The place of an id; null when it is not here. */
  TransactionIndex.@Nullable Place find(Hash id) {
    var words = words(id);
    var here = room;
    int mask = here.table.length() - 1;
    for (int slot = slot(words, 0) & mask; ; slot = slot + 1 & mask) {
      int number = here.table.getAcquire(slot) - 1;
      if (number < 0) {
        return null;
      }
      int at = number * ENTRY_WORDS;
      if (Arrays.equals(here.entries, at, at + ID_WORDS, words, 0, ID_WORDS)) {
        return place(here.entries[at + ID_WORDS]);
      }
    }
  }

  int size() {
    return count;
  }

  /** Notes that the block at this height is in, which may have brought no id. */
  void reaches(Height height) {
    last = height;
  }

  /** The height of the newest block that is in. */
  Height last() {
    return last;
  }

  /** How many blocks the run is of. */
  long blocks() {
    return last.value() - first.value() + 1;
  }

  /** Shows all entries, nearly in order of their ids: the order of the first 32 bits. */
  void forEachSorted(BiConsumer<Bytes, TransactionIndex.Place> visitor) {
    var entries = room.entries;
    var order = new long[count];
    for (int i = 0; i < order.length; i++) {
      // The sign bit is turned, because ids are ordered as unsigned numbers.
      order[i] = ((entries[i * ENTRY_WORDS] ^ Long.MIN_VALUE) & 0xffff_ffff_0000_0000L) | i;
    }
    Arrays.sort(order);
    for (long key : order) {
      int at = (int) key * ENTRY_WORDS;
      var id = new byte[Hash.SIZE];
      for (int i = 0; i < ID_WORDS; i++) {
        WORD.set(id, i * Long.BYTES, entries[at + i]);
      }
      visitor.accept(Bytes.wrap(id), place(entries[at + ID_WORDS]));
    }
  }

  private Room grown() {
    int capacity = Math.multiplyExact(2, count);
    var wider = new Room(capacity);
    System.arraycopy(room.entries, 0, wider.entries, 0, room.entries.length);
    for (int number = 0; number < count; number++) {
      insert(wider.table, slot(wider.entries, number * ENTRY_WORDS), number);
    }
    return wider;
  }

  private static int powerOfTwo(int least) {
    return least <= 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }

  private static void insert(AtomicIntegerArray table, int hash, int number) {
    int mask = table.length() - 1;
    int slot = hash & mask;
    while (table.getPlain(slot) != 0) {
      slot = slot + 1 & mask;
    }
    table.setRelease(slot, number + 1);
  }

  private int slot(long[] words, int at) {
    long mixed = (words[at] + secret) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> Integer.SIZE ^ words[at + 1]) * 0xD6E8FEB86659FD93L;
    return (int) (mixed ^ mixed >>> Integer.SIZE);
  }

  private TransactionIndex.Place place(long packed) {
    return new TransactionIndex.Place(first.plus(packed >>> Integer.SIZE), (int) packed);
  }

  private static long[] words(Hash id) {
    var bytes = new byte[Hash.SIZE];
    id.bytes().copyTo(bytes, 0);
    var words = new long[ID_WORDS];
    for (int i = 0; i < ID_WORDS; i++) {
      words[i] = (long) WORD.get(bytes, i * Long.BYTES);
    }
    return words;
  }
}
