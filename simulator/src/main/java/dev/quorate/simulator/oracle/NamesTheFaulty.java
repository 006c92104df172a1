package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * O24: evidence at a correct node, waiting or in the chain, names nobody who is correct; and
 * whoever builds a block leaves out nothing that waits at it, as long as there is room.
 */
public final class NamesTheFaulty implements Oracle {
  /** More than a piece and what frames it can take up in a block. */
  private static final int ROOM_FOR_ONE = DuplicateVoteEvidence.MAX_BYTES + 1_024;

  private final Map<ValidatorId, Map<BlockId, LedgerBlock>> undelivered = new HashMap<>();

  @Override
  public String name() {
    return "O24 evidence names the faulty";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Stepped.class, Observation.Delivered.class, Observation.Finished.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Stepped(_, var id, _, var event, var effects) -> {
        var node = world.node(id);
        if (node.isCorrect()) {
          effects.forEach(it -> remember(id, it));
          if (event instanceof Event.BlockBuilt<?>(_, var built)) {
            built.ifPresent(it -> requireComplete(LedgerBlock.of(it), node, world));
          }
        }
      }
      case Observation.Delivered(_, var id, _, var block, _) -> {
        if (world.node(id).isCorrect()) {
          requireFaulty(id, read(block), world);
          of(id).values().removeIf(it -> !it.height().isAbove(block.height()));
        }
      }
      case Observation.Finished _ -> {
        for (var node : world.nodes()) {
          if (node.isCorrect()) {
            requireFaulty(node.id(), node.chain().evidence().pending(), world);
          }
        }
      }
      default -> {}
    }
  }

  private void remember(ValidatorId id, Effect<?> effect) {
    if (effect instanceof Effect.Store<?>(var block)) {
      of(id).put(block.id(), LedgerBlock.of(block));
    }
  }

  private void requireFaulty(ValidatorId id, List<DuplicateVoteEvidence> pieces, World world) {
    for (var piece : pieces) {
      if (world.node(piece.validator()).isCorrect()) {
        world.violations().report(name(), id, "names a correct validator: " + piece.offence());
      }
    }
  }

  private void requireComplete(LedgerBlock built, NodeView node, World world) {
    var pending = node.chain().evidence().pending();
    if (pending.isEmpty()
        || built.evidence().size() == LedgerBlock.MAX_EVIDENCE
        || built.encoded().length() + ROOM_FOR_ONE > world.genesis().limits().maxBlockBytes()) {
      return;
    }
    var held = offences(built, node);
    for (var piece : pending) {
      if (held != null && !held.contains(piece.offence().id())) {
        world.violations().report(name(), node.id(), built + " leaves out " + piece.offence());
      }
    }
  }

  /** In the block and its ancestors above the tip; null when one of those was never stored here. */
  private @Nullable Set<Hash> offences(LedgerBlock built, NodeView node) {
    var offences = new HashSet<Hash>();
    var tip = node.chain().tip().map(it -> it.id()).orElse(BlockId.NONE);
    @Nullable LedgerBlock block = built;
    while (block != null) {
      read(block).forEach(it -> offences.add(it.offence().id()));
      var parent = block.header().lastBlockId();
      if (parent.equals(tip)) {
        return offences;
      }
      block = of(node.id()).get(parent);
    }
    return null;
  }

  private Map<BlockId, LedgerBlock> of(ValidatorId id) {
    return undelivered.computeIfAbsent(id, _ -> new HashMap<>());
  }

  private static List<DuplicateVoteEvidence> read(LedgerBlock block) {
    return block.readEvidence().orElseThrow();
  }
}
