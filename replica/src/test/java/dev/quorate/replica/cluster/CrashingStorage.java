package dev.quorate.replica.cluster;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.replica.guard.InMemoryGuardStorage;

/** A guard's storage on a machine that loses its power at one sync, once. */
public final class CrashingStorage implements GuardStorage {
  private final InMemoryGuardStorage disk = new InMemoryGuardStorage();
  private final int crashAt;
  private final Moment moment;
  private int syncs;
  private int slot;
  private Bytes written = Bytes.EMPTY;

  /** What of the write under way is on the disk. */
  public enum Moment {
    BEFORE,
    TORN,
    AFTER
  }

  /**
   * Nothing is written yet.
   *
   * @param crashAt the number of the sync, from 1
   */
  public CrashingStorage(int crashAt, Moment moment) {
    this.crashAt = crashAt;
    this.moment = moment;
  }

  /** Whether it has come to that sync. */
  public boolean hasCrashed() {
    return syncs >= crashAt;
  }

  @Override
  public Bytes read(int slot) {
    return disk.read(slot);
  }

  @Override
  public void write(int slot, Bytes content) {
    this.slot = slot;
    written = content;
  }

  @Override
  public void sync() {
    syncs++;
    boolean crashes = syncs == crashAt;
    int length =
        switch (moment) {
          case BEFORE -> crashes ? 0 : written.length();
          case TORN -> crashes ? written.length() / 2 : written.length();
          case AFTER -> written.length();
        };
    disk.write(slot, written.slice(0, length));
    if (crashes) {
      throw new StorageException("the power is cut");
    }
  }
}
