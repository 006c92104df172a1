package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.message.Step;

/**
 * When a height begins. It sleeps until there is something to order, or a valid message says that
 * it has begun elsewhere; from then on it runs to its decision, with an empty block if need be.
 *
 * <p>A height that only the own pool has woken falls asleep again when the pool empties before
 * anything was said: what the pool held was in the block that was just decided.
 */
final class Sleep {
  private final RoundState state;
  private final Algorithm1 algorithm;
  private Depth depth = Depth.ASLEEP;
  private Work work = Work.NONE;

  private enum Depth {
    ASLEEP,
    /** Transactions wait here; nobody has said anything yet. */
    STIRRED,
    AWAKE
  }

  Sleep(RoundState state, Algorithm1 algorithm) {
    this.state = state;
    this.algorithm = algorithm;
  }

  /** At the start: a height at which something was said goes on. */
  void start() {
    if (state.hasSpoken()) {
      depth = Depth.AWAKE;
      algorithm.resume();
      startRebroadcast();
    } else {
      startEmptyBlockTimer();
    }
  }

  void onWork(Work current) {
    work = current;
  }

  /** A valid message of this height, or the time for an empty block. */
  void wake() {
    if (depth == Depth.ASLEEP) {
      begin();
    }
    depth = Depth.AWAKE;
  }

  void consider() {
    boolean waits = work.pickable() > 0;
    if (depth == Depth.ASLEEP && waits) {
      begin();
      depth = Depth.STIRRED;
    } else if (depth == Depth.STIRRED && !waits && !hasSaidAnything()) {
      depth = Depth.ASLEEP;
      algorithm.sleep();
      state.out.cancel(Periodic.REBROADCAST);
    }
  }

  /** The next height sleeps at first. */
  void decided() {
    if (depth != Depth.ASLEEP) {
      state.out.cancel(Periodic.REBROADCAST);
    }
    depth = Depth.ASLEEP;
    startEmptyBlockTimer();
  }

  /** Whether a block without transactions is better than none. */
  IfEmpty ifEmpty() {
    return depth == Depth.AWAKE ? IfEmpty.BUILD : IfEmpty.DECLINE;
  }

  boolean isAsleep() {
    return depth == Depth.ASLEEP;
  }

  private boolean hasSaidAnything() {
    return state.hasSpoken() || state.step() != Step.PROPOSE;
  }

  private void begin() {
    algorithm.begin();
    startRebroadcast();
  }

  private void startRebroadcast() {
    state.out.start(Periodic.REBROADCAST, state.parameters.rebroadcast());
  }

  private void startEmptyBlockTimer() {
    state
        .parameters
        .emptyBlockInterval()
        .ifPresent(it -> state.out.start(Periodic.EMPTY_BLOCK, it));
  }
}
