package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A storage that loses or tears what was not synced, and can break. */
final class Disk implements GuardStorage {
  private final byte[][] synced = new byte[SLOTS][SLOT_BYTES];
  private final byte[][] seen = new byte[SLOTS][SLOT_BYTES];
  private boolean broken;
  private int lastSlot;
  private @Nullable Bytes last;

  @Override
  public Bytes read(int slot) {
    return Bytes.copyOf(seen[slot]);
  }

  @Override
  public void write(int slot, Bytes content) {
    lastSlot = slot;
    last = content;
    content.copyTo(seen[slot], 0);
  }

  @Override
  public void sync() {
    if (broken) {
      throw new StorageException("the guard's disk is gone");
    }
    for (int i = 0; i < SLOTS; i++) {
      System.arraycopy(seen[i], 0, synced[i], 0, SLOT_BYTES);
    }
  }

  /** From now on every sync fails. */
  void breakDown() {
    broken = true;
  }

  /** The power fails: of the last write the first bytes are there, of what was synced all. */
  void cutPower(int bytesOfLastWrite) {
    for (int i = 0; i < SLOTS; i++) {
      System.arraycopy(synced[i], 0, seen[i], 0, SLOT_BYTES);
    }
    lastWrite().slice(0, bytesOfLastWrite).copyTo(seen[lastSlot], 0);
    broken = false;
  }

  /** A bit of a slot is not what was written. */
  void rot(int slot, int at) {
    seen[slot][at] ^= 0x10;
  }

  void erase() {
    for (int i = 0; i < SLOTS; i++) {
      Arrays.fill(seen[i], (byte) 0);
    }
  }

  Bytes lastWrite() {
    return last == null ? Bytes.EMPTY : last;
  }
}
