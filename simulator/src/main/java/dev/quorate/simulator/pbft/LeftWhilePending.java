package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;

/** A validator gave up a view that was never opened to it, for a higher one. */
final class LeftWhilePending implements Mark {
  private final Map<ValidatorId, Integer> pending = new HashMap<>();

  @Override
  public String name() {
    return "view given up while pending";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Turned it && it.status().engine().active()) {
      pending.remove(it.node());
    }
    if (!(observation instanceof Observation.Stepped it)) {
      return false;
    }
    boolean hit = false;
    for (var effect : it.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message)
          && message instanceof ViewChange change) {
        int view = change.claim().newView().value();
        var before = pending.put(it.node(), view);
        hit |= before != null && view > before;
      }
    }
    return hit;
  }
}
