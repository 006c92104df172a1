package dev.quorate.simulator.tendermint;

import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/**
 * A final block carries a commit of its parent of another round than the one that is stored here.
 */
final class OtherCommit implements Mark {
  @Override
  public String name() {
    return "commit of a parent of another round than stored";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (!(observation instanceof Observation.Delivered it)
        || it.block().height().equals(world.genesis().initialHeight())) {
      return false;
    }
    return world
        .node(it.node())
        .chain()
        .commit(it.block().height().previous())
        .filter(stored -> !stored.round().equals(it.block().lastCommit().round()))
        .isPresent();
  }
}
