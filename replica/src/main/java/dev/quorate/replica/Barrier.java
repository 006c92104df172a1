package dev.quorate.replica;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.replica.guard.NumberedState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes what an engine must remember durable: all that one pass wants, in one batch. */
final class Barrier<M extends Message<M>> {
  private final ChainStore store;
  private final ValidatorSet validators;
  private final Counts counts;
  private long stateNumber;

  /**
   * Nothing is written yet.
   *
   * @param stateNumber of the engine state that the store holds; 0 when it holds none
   */
  Barrier(ChainStore store, ValidatorSet validators, Counts counts, long stateNumber) {
    this.stateNumber = stateNumber;
    this.store = store;
    this.validators = validators;
    this.counts = counts;
  }

  /** A block that has become final, with its commit in the form that was stored. */
  record Delivered(LedgerBlock block, Commit commit, Certificate certificate) {}

  /**
   * When this returns, effects and evidence are on disk. Of several engine states only the last is
   * written, and no body apart that is appended in the same batch.
   *
   * @return the blocks that are final now, in order of height
   */
  List<Delivered> write(List<Effect.Durable<M>> effects, List<DuplicateVoteEvidence> evidence) {
    if (effects.isEmpty() && evidence.isEmpty()) {
      return List.of();
    }
    var delivered = new ArrayList<Delivered>();
    var appended = appended(effects);
    Effect.Persist<M> last = null;
    try (var batch = store.begin()) {
      evidence.forEach(batch::keep);
      for (var effect : effects) {
        switch (effect) {
          case Effect.Persist<M> persist -> last = persist;
          case Effect.Store<M>(var block) -> {
            if (!appended.contains(block.id())) {
              batch.store(LedgerBlock.of(block));
            }
          }
          case Effect.Commit<M>(var block, var certificate) -> {
            var it =
                new Delivered(
                    LedgerBlock.of(block), Commit.of(certificate, validators), certificate);
            batch.append(it.block(), it.commit());
            delivered.add(it);
          }
        }
      }
      if (last != null) {
        stateNumber++;
        batch.saveEngineState(new NumberedState(stateNumber, last.state().encode()).encode());
      }
      batch.commit();
    }
    counts.add(Count.WRITES);
    return delivered;
  }

  /** The number of the engine state that is on disk. */
  long stateNumber() {
    return stateNumber;
  }

  private Set<BlockId> appended(List<Effect.Durable<M>> effects) {
    var ids = new HashSet<BlockId>();
    for (var effect : effects) {
      if (effect instanceof Effect.Commit<M> commit) {
        ids.add(commit.block().id());
      }
    }
    return ids;
  }
}
