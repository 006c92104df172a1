package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.simulator.observe.Observation;
import java.util.Optional;

/** Recognises from outside that an engine entered a view by a NewView. */
final class NewViews {
  private NewViews() {}

  /** The NewView that a primary made in a step. */
  static Optional<NewView> opened(Observation.Stepped stepped) {
    for (var effect : stepped.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message) && message instanceof NewView it) {
        return Optional.of(it);
      }
    }
    return Optional.empty();
  }

  /** The NewView of another that a step acted on: it changed what is durable and did not refuse. */
  static Optional<NewView> accepted(Observation.Stepped stepped) {
    if (!(stepped.event() instanceof Event.Received<?>(var signed, _))
        || !(signed.message() instanceof NewView it)
        || it.primary().equals(stepped.node())) {
      return Optional.empty();
    }
    boolean refused = stepped.effects().stream().anyMatch(Effect.Ignored.class::isInstance);
    boolean changed = stepped.effects().stream().anyMatch(Effect.Persist.class::isInstance);
    return changed && !refused ? Optional.of(it) : Optional.empty();
  }
}
