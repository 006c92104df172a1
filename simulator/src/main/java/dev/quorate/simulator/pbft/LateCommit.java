package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;

/** A COMMIT of a view that its receiver had left completed a certificate there. */
final class LateCommit implements Mark {
  private final Map<ValidatorId, Integer> views = new HashMap<>();

  @Override
  public String name() {
    return "late COMMIT of an old view delivers";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Turned it) {
      views.put(it.node(), it.status().engine().round().value());
      return false;
    }
    if (!(observation instanceof Observation.Stepped it)
        || !(it.event() instanceof Event.Received<?>(var signed, _))
        || !(signed.message() instanceof Commit)) {
      return false;
    }
    int view = views.getOrDefault(it.node(), 0);
    for (var effect : it.effects()) {
      if (effect instanceof Effect.Commit<?>(_, var certificate)
          && certificate.round().value() < view) {
        return true;
      }
    }
    return false;
  }
}
