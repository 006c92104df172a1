package dev.quorate.simulator.mark;

import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/** A process started again in the middle of a change of the leader. */
final class RestartInChange implements Mark {
  @Override
  public String name() {
    return "restart while a change of the leader is under way";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Started.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    return observation instanceof Observation.Started(_, _, var incarnation, var status)
        && incarnation > 1
        && !status.engine().active();
  }
}
