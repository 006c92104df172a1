package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Genesis;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is durable of an engine: what its effects say, and nothing else. */
final class Disk<M extends Message<M>> {
  private static final Comparator<Block> ORDER =
      Comparator.comparing(Block::height).thenComparing(it -> it.id().toString());

  private final Map<BlockId, Block> undelivered = new LinkedHashMap<>();
  private Optional<Bytes> state = Optional.empty();
  private Optional<Certificate> tipCommit = Optional.empty();
  private Restored.Tip tip;

  private Disk(Restored.Tip tip) {
    this.tip = tip;
  }

  /** As it is at genesis. */
  static <M extends Message<M>> Disk<M> empty(Genesis genesis) {
    return new Disk<>(
        new Restored.Tip(genesis.initialHeight().previous(), BlockId.NONE, genesis.genesisTime()));
  }

  /** Refuses a block that does not follow the last one. */
  void write(List<Effect<M>> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.Durable<M> durable) {
        switch (durable) {
          case Effect.Persist<M>(var saved) -> state = Optional.of(saved.encode());
          case Effect.Store<M>(var block) -> undelivered.put(block.id(), block);
          case Effect.Commit<M>(var block, var certificate) -> append(block, certificate);
        }
      }
    }
  }

  /** What an engine finds here when it starts. */
  Restored restored() {
    return new Restored(
        state, tip, tipCommit, undelivered.values().stream().sorted(ORDER).toList());
  }

  Restored.Tip tip() {
    return tip;
  }

  private void append(Block block, Certificate certificate) {
    if (!block.height().equals(tip.height().next()) || !block.parent().equals(tip.id())) {
      throw new IllegalStateException(block + " does not follow " + tip);
    }
    if (!certificate.blockId().equals(block.id()) || !certificate.height().equals(block.height())) {
      throw new IllegalStateException(certificate + " is not of " + block);
    }
    tip = new Restored.Tip(block.height(), block.id(), block.time());
    tipCommit = Optional.of(certificate);
    undelivered.values().removeIf(it -> !it.height().isAbove(tip.height()));
  }
}
