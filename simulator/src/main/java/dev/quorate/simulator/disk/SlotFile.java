package dev.quorate.simulator.disk;

import dev.quorate.crypto.Bytes;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.simulator.clock.Chance;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The two slots of a sign guard on a disk: what was written and not synced is nowhere, and what is
 * torn is a mixture of before and after, by sectors.
 */
final class SlotFile implements GuardStorage {
  private static final int SECTOR = 512;

  private final Chance tears;
  private final BiConsumer<Integer, Bytes> onSync;
  private final Bytes[] slots = new Bytes[SLOTS];
  private final @Nullable Bytes[] unsynced = new @Nullable Bytes[SLOTS];

  /**
   * Nothing was ever written.
   *
   * @param onSync makes a slot durable, or fails
   */
  SlotFile(Chance tears, BiConsumer<Integer, Bytes> onSync) {
    this.tears = tears;
    this.onSync = onSync;
    erase();
  }

  @Override
  public Bytes read(int slot) {
    return slots[slot];
  }

  @Override
  public void write(int slot, Bytes content) {
    if (content.length() > SLOT_BYTES) {
      throw new IllegalArgumentException(content.length() + " bytes in a slot");
    }
    unsynced[slot] = content;
  }

  @Override
  public void sync() {
    for (int slot = 0; slot < SLOTS; slot++) {
      var content = unsynced[slot];
      if (content != null) {
        unsynced[slot] = null;
        onSync.accept(slot, content);
      }
    }
  }

  /** Forgets what was not synced. */
  void drop() {
    Arrays.fill(unsynced, null);
  }

  void erase() {
    Arrays.fill(slots, Bytes.EMPTY);
    drop();
  }

  void put(int slot, Bytes content) {
    slots[slot] = content;
  }

  /** Leaves some sectors of a new content, the last one perhaps in part, over the old one. */
  void tear(int slot, Bytes content) {
    var torn = Arrays.copyOf(slots[slot].toArray(), content.length());
    boolean prefix = tears.happens(0.5);
    int end = tears.below(content.length() + 1);
    for (int from = 0; from < content.length(); from += SECTOR) {
      int to = Math.min(from + SECTOR, content.length());
      if (prefix) {
        to = Math.min(to, end);
      } else if (tears.happens(0.5)) {
        continue;
      }
      if (from < to) {
        content.slice(from, to).copyTo(torn, from);
      }
    }
    slots[slot] = Bytes.wrap(torn);
  }
}
