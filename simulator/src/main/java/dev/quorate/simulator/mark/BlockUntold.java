package dev.quorate.simulator.mark;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A final block was on the disk of a node that died before anybody was told of it. */
final class BlockUntold implements Mark {
  private final Map<ValidatorId, Height> told = new HashMap<>();

  @Override
  public String name() {
    return "final block found on disk of which nobody was told";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class, Observation.Started.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    switch (observation) {
      case Observation.Delivered(_, var node, _, var block, _) -> told.put(node, block.height());
      case Observation.Started(_, var node, var incarnation, var status) -> {
        var last = told.getOrDefault(node, world.genesis().initialHeight().previous());
        return incarnation > 1 && status.tip().isAbove(last);
      }
      default -> {}
    }
    return false;
  }
}
