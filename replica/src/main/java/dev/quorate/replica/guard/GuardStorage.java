package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;

/**
 * Two places of fixed size on a disk, which the sign guard writes in turn.
 *
 * <p>What is written may be lost, or be there in part, until {@link #sync()} has returned; the
 * other place is never touched by that. Every method throws {@link
 * dev.quorate.ledger.store.StorageException} when the disk fails; after that no call but {@link
 * #read} makes sense.
 */
public interface GuardStorage {
  /** How many places there are. */
  int SLOTS = 2;

  /** Bytes of a place: enough for as many heights as {@link ViewPromises#MAX_HEIGHTS}. */
  int SLOT_BYTES = 36_864;

  /** The content of a slot from its beginning; zeros, or nothing, where nothing was written. */
  Bytes read(int slot);

  /** Overwrites the beginning of a slot with at most {@link #SLOT_BYTES} bytes. */
  void write(int slot, Bytes content);

  /** When this returns, what was written is on the disk. */
  void sync();
}
