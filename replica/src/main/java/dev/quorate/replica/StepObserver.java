package dev.quorate.replica;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import java.util.List;

/** Sees every step of the engine as it happens: for audits and traces. */
@FunctionalInterface
public interface StepObserver {
  /** Called on the replica's thread, before any of the effects is carried out. */
  void stepped(Event<?> event, List<? extends Effect<?>> effects);
}
