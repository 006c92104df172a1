package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** A validator decides by precommits of another round than the one that it is in (L49). */
final class DecidedElsewhere implements Mark {
  private final String name;
  private final IntPredicate difference;
  private final Map<ValidatorId, EngineStatus> places = new HashMap<>();

  private DecidedElsewhere(String name, IntPredicate difference) {
    this.name = name;
    this.difference = difference;
  }

  static DecidedElsewhere before() {
    return new DecidedElsewhere("decided in an earlier round", it -> it < 0);
  }

  static DecidedElsewhere after() {
    return new DecidedElsewhere("decided in a later round", it -> it > 0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Stepped.class, Observation.Turned.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Turned it) {
      places.put(it.node(), it.status().engine());
      return false;
    }
    return observation instanceof Observation.Stepped it
        && !(it.event() instanceof Event.Synced<?>)
        && world.node(it.node()).isCorrect()
        && isElsewhere(it);
  }

  private boolean isElsewhere(Observation.Stepped step) {
    var place = places.get(step.node());
    for (var effect : step.effects()) {
      if (place != null
          && effect instanceof Effect.Commit<?>(var block, var certificate)
          && block.height().equals(place.height())) {
        return difference.test(certificate.round().compareTo(place.round()));
      }
    }
    return false;
  }
}
