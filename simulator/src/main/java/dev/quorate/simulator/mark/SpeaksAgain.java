package dev.quorate.simulator.mark;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.replica.listen.Voice;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashSet;
import java.util.Set;

/** A node that had lost its promises votes again, because they cannot matter any more. */
final class SpeaksAgain implements Mark {
  private final Set<ValidatorId> observers = new HashSet<>();

  @Override
  public String name() {
    return "observer votes again";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Turned.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Turned(_, var node, _, var status)) {
      switch (status.voice()) {
        case Voice.Observing _ -> observers.add(node);
        case Voice.Listening _ -> {}
        case Voice.Speaking _ -> {
          return observers.remove(node);
        }
      }
    }
    return false;
  }
}
