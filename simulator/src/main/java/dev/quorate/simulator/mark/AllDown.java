package dev.quorate.simulator.mark;

import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/** No process is left of a network that has run. */
final class AllDown implements Mark {
  @Override
  public String name() {
    return "all nodes down at once";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Crashed.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    return observation instanceof Observation.Crashed
        && world.nodes().stream().noneMatch(NodeView::isUp);
  }
}
