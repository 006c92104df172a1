package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** O1: no two correct nodes ever have different final blocks at one height. */
public final class Agreement implements Oracle {
  private final Map<Height, BlockId> agreed = new HashMap<>();

  @Override
  public String name() {
    return "O1 agreement";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class, Observation.Started.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Delivered(_, var node, _, var block, _) ->
          agree(node, block.height(), block.id(), world);
      // What a crash kept from the listener is on the disk all the same.
      case Observation.Started(_, var node, _, var status) -> {
        if (!status.tipId().isNone()) {
          agree(node, status.tip(), status.tipId(), world);
        }
      }
      default -> {}
    }
  }

  private void agree(ValidatorId node, Height height, BlockId id, World world) {
    if (!world.node(node).isCorrect()) {
      return;
    }
    var before = agreed.putIfAbsent(height, id);
    if (before != null && !before.equals(id)) {
      world
          .violations()
          .report(
              name(),
              node,
              "height %s: %s, but %s elsewhere"
                  .formatted(height, id.abbreviated(), before.abbreviated()));
    }
  }
}
