package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.store.StorageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sign guard of a replica: rules over {@link Promises}, kept in a {@link GuardStorage}.
 *
 * <p>Signatures are granted one by one and made durable together: whoever asked calls {@link #sync}
 * before any of them leaves. The order of every vote is engine state on disk, signature on disk,
 * frame; so a store that is ahead of the guard is the trace of a crash, and a guard that is ahead
 * of the store means that the store was rolled back.
 *
 * <p>Once the disk has failed, every call fails: what was granted and not made durable is gone.
 */
public final class DurableSignGuard implements SignGuard {
  private final SigningKey key;
  private final GuardSlots slots;
  private Promises promises;
  private @Nullable String lost;
  private long state;
  private boolean unsaved;
  private @Nullable StorageException broken;

  /**
   * What the store holds at start.
   *
   * @param empty whether it holds nothing at all, as of a new validator
   * @param tip the last delivered height
   * @param state the number of the engine state saved last; 0 when there is none
   */
  public record Found(boolean empty, Height tip, long state) {}

  private DurableSignGuard(
      SigningKey key, GuardSlots slots, GuardRecord record, @Nullable String lost) {
    this.key = key;
    this.slots = slots;
    this.promises = record.promises();
    this.state = record.state();
    this.lost = lost;
  }

  /**
   * The guard as the storage has it, compared with the store beside it. When promises are lost,
   * that is on disk before this returns: no later start takes the guard for a whole one.
   */
  public static DurableSignGuard open(SigningKey key, GuardStorage storage, Found store) {
    var slots = new GuardSlots(storage);
    var newest = slots.newest();
    var lost = loss(newest, store);
    var promises = newest.map(GuardRecord::promises).orElse(Promises.NONE).delivered(store.tip());
    long state = newest.map(GuardRecord::state).orElse(0L);
    var record = new GuardRecord(lost.isPresent(), state, promises);
    if (newest.isEmpty() || newest.get().lost() != record.lost()) {
      slots.write(record);
    }
    return new DurableSignGuard(key, slots, record, lost.orElse(null));
  }

  private static Optional<String> loss(Optional<GuardRecord> newest, Found store) {
    if (newest.isEmpty()) {
      return store.empty()
          ? Optional.empty()
          : Optional.of("the sign guard is missing or damaged, and the store is not new");
    }
    var record = newest.get();
    if (record.lost()) {
      return Optional.of("its promises were lost at an earlier start");
    }
    if (record.promises().heightFloor().isAbove(store.tip())) {
      return Optional.of(
          "the sign guard knows height %s as delivered, the store ends at %s"
              .formatted(record.promises().heightFloor(), store.tip()));
    }
    return record.state() > store.state()
        ? Optional.of(
            "the sign guard rests on engine state %d, the store has %d: it is an older one"
                .formatted(record.state(), store.state()))
        : Optional.empty();
  }

  /** Why nothing may be signed here, if promises were given that nobody remembers. */
  public Optional<String> lost() {
    return Optional.ofNullable(lost);
  }

  /** What was promised so far. */
  public Promises promises() {
    return promises;
  }

  @Override
  public Answer sign(SignRequest request) {
    requireWhole();
    if (lost != null) {
      return new Answer.Refused("promises are lost: " + lost);
    }
    var said = Hash.sha256(request.signBytes());
    return switch (promises.judge(request.position(), said)) {
      case Judgement.Repeated(var signature) -> new Answer.Granted(signature);
      case Judgement.Refused(var reason) -> new Answer.Refused(reason);
      case Judgement.Fresh() -> {
        var signature = key.sign(request.signBytes());
        promises = promises.with(request.position(), said, signature);
        unsaved = true;
        yield new Answer.Granted(signature);
      }
    };
  }

  /**
   * A height is delivered: nothing is signed at it or below any more. Made durable with the next
   * signature; until then the store knows it.
   */
  public void delivered(Height height) {
    promises = promises.delivered(height);
  }

  /**
   * When this returns, all that was granted is on disk; costs nothing when nothing new was.
   *
   * @param savedState the number of the engine state on disk on which it rests
   * @return whether it was written
   */
  public boolean sync(long savedState) {
    requireWhole();
    if (!unsaved) {
      return false;
    }
    state = savedState;
    save();
    unsaved = false;
    return true;
  }

  /** From now on, over all starts, nothing is signed: somebody else signs with our key. */
  public void distrust(String reason) {
    requireWhole();
    lost = reason;
    save();
  }

  /** The promises that were lost do not matter above this height and in this view or round. */
  public void startAt(Height height, Round round, long savedState) {
    requireWhole();
    promises = Promises.startingAt(height, round);
    state = savedState;
    lost = null;
    save();
  }

  private void save() {
    try {
      slots.write(new GuardRecord(lost != null, state, promises));
    } catch (StorageException e) {
      broken = e;
      throw e;
    }
  }

  private void requireWhole() {
    if (broken != null) {
      throw new StorageException("the sign guard's disk has failed before", broken);
    }
  }
}
