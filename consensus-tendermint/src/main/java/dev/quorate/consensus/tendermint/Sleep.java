package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.message.Step;
import java.time.Duration;

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

  /** A proposer's wait for a transaction runs. */
  private boolean waiting;

  private boolean emptyIsDue;

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
      emptyIsDue = true;
      algorithm.resume();
      startRebroadcast();
    } else {
      startEmptyBlockTimer();
    }
  }

  void onWork(Work current) {
    work = current;
  }

  /** A valid message of this height. */
  void wake() {
    if (depth == Depth.AWAKE) {
      return;
    }
    if (depth == Depth.ASLEEP) {
      begin();
    }
    depth = Depth.AWAKE;
    if (!emptyIsDue && state.isProposer() && state.proposal().isEmpty()) {
      waiting = true;
      state.out.start(Periodic.EMPTY_BLOCK, patience());
    }
  }

  void onEmptyBlockDue() {
    waiting = false;
    emptyIsDue = true;
    wake();
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
    if (waiting) {
      state.out.cancel(Periodic.EMPTY_BLOCK);
    }
    waiting = false;
    depth = Depth.ASLEEP;
    emptyIsDue = false;
    startEmptyBlockTimer();
  }

  /** Whether a block without transactions is better than none. */
  IfEmpty ifEmpty() {
    boolean goesOn = depth == Depth.AWAKE && (emptyIsDue || state.round().value() > 0);
    return goesOn ? IfEmpty.BUILD : IfEmpty.DECLINE;
  }

  boolean isAsleep() {
    return depth == Depth.ASLEEP;
  }

  private boolean hasSaidAnything() {
    return state.hasSpoken() || state.step() != Step.PROPOSE;
  }

  /**
   * How long the proposer of round 0 waits for the transaction that woke others. So nobody makes it
   * build empty blocks as fast as the network goes, just by voting.
   */
  private Duration patience() {
    return state.parameters.timeout(Step.PROPOSE, Round.ZERO).dividedBy(2);
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
