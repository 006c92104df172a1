package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.pbft.message.PrePrepare;
import java.util.Optional;

/**
 * When the primary proposes (R6): a full batch at once; a smaller one when the pipeline is idle, so
 * that a lone transaction does not wait; else after the batch delay, once the block before is
 * prepared. Never an empty block, never above the high watermark.
 *
 * <p>So the network clocks the size of the batches: whatever arrives while one block is being
 * prepared goes into the next one, two small blocks are in flight at most, and under load blocks
 * grow instead of becoming more.
 */
final class Proposer {
  private static final long NEVER = -1;

  private final ReplicaState state;
  private Work work = Work.NONE;
  private long ticket;
  private boolean building;
  private boolean delayRuns;
  private boolean delayIsOver;
  private long nothingBuiltAt = NEVER;

  Proposer(ReplicaState state) {
    this.state = state;
  }

  void onWork(Work work) {
    this.work = work;
    nothingBuiltAt = NEVER;
  }

  void onBatchDelay() {
    delayRuns = false;
    delayIsOver = true;
  }

  /** Asks for a block when one is due. */
  void consider() {
    boolean inVain = nothingBuiltAt == state.beat();
    if (building || inVain || work.pickable() == 0 || !mayPropose()) {
      return;
    }
    boolean idle = state.preparedTip().equals(state.committed());
    if (work.batchFull() || idle || (delayIsOver && isTipPrepared())) {
      build();
    } else if (!delayRuns && !delayIsOver) {
      delayRuns = true;
      state.out.add(new Effect.StartTimer<>(PbftTimer.BATCH_DELAY, state.parameters.batchDelay()));
    }
  }

  /** The block is durable, and its PREPARE promised, before the PRE-PREPARE leaves. */
  void onBlockBuilt(long answered, Optional<Block> built) {
    if (!building || answered != ticket) {
      return;
    }
    building = false;
    if (built.isEmpty()) {
      // Not asked again before something changes, or the next beat: asking costs a step each time.
      nothingBuiltAt = state.beat();
      return;
    }
    var block = built.get();
    if (!block.parent().equals(state.preparedTip().id()) || !mayPropose()) {
      return;
    }
    var slot = state.window.open(block.height(), state.beat());
    slot.keep(block)
        .ifPresent(
            candidate -> {
              candidate.valid();
              candidate.stored();
              state.out.add(new Effect.Store<>(block));
              state.out.broadcast(new PrePrepare(block, state.prepare(candidate)));
            });
  }

  private boolean mayPropose() {
    var next = state.preparedTip().height().next();
    return state.isActive()
        && !state.isTipDue()
        && state.primaryOf(next).equals(state.self)
        && !next.isAbove(state.committed().height().plus(state.parameters.window()))
        && parentIsChecked();
  }

  /** Valid, and not on a branch that a delivery has cut off. */
  private boolean parentIsChecked() {
    return state.window.chainTo(state.preparedTip(), state.committed())
            instanceof SlotWindow.Chain.Complete(var blocks)
        && blocks.stream().allMatch(Candidate::isValid);
  }

  private boolean isTipPrepared() {
    var tip = state.preparedTip();
    return state
        .window
        .find(tip.height())
        .flatMap(slot -> slot.preparedCertificate(state.view()))
        .filter(it -> it.blockId().equals(tip.id()))
        .isPresent();
  }

  private void build() {
    building = true;
    delayIsOver = false;
    if (delayRuns) {
      delayRuns = false;
      state.out.add(new Effect.CancelTimer<>(PbftTimer.BATCH_DELAY));
    }
    ticket++;
    var parent = state.preparedTip();
    state.out.add(
        new Effect.BuildBlock<>(
            ticket, parent.id(), parent.height().next(), Optional.empty(), Effect.IfEmpty.DECLINE));
  }
}
