package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import java.util.Arrays;

/** A storage without a disk, for simulations and tests: it outlives the replica that uses it. */
public final class InMemoryGuardStorage implements GuardStorage {
  private final byte[][] slots = new byte[SLOTS][SLOT_BYTES];
  private int syncs;

  @Override
  public Bytes read(int slot) {
    return Bytes.copyOf(slots[slot]);
  }

  @Override
  public void write(int slot, Bytes content) {
    content.copyTo(slots[slot], 0);
  }

  @Override
  public void sync() {
    syncs++;
  }

  /** How often it was synced. */
  public int syncs() {
    return syncs;
  }

  /** Forgets everything, as when the file is gone. */
  public void erase() {
    for (var slot : slots) {
      Arrays.fill(slot, (byte) 0);
    }
  }

  /** The same content in a storage of its own, as when a folder is copied. */
  public InMemoryGuardStorage copy() {
    var copy = new InMemoryGuardStorage();
    for (int i = 0; i < SLOTS; i++) {
      System.arraycopy(slots[i], 0, copy.slots[i], 0, SLOT_BYTES);
    }
    return copy;
  }
}
