package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.Effect;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/** O20: correct validators are never accused by a correct one. */
final class JustAccusations implements Oracle {
  @Override
  public String name() {
    return "O20 only the faulty are accused";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Stepped.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (!(observation instanceof Observation.Stepped it) || !world.node(it.node()).isCorrect()) {
      return;
    }
    for (var effect : it.effects()) {
      if (effect instanceof Effect.Accuse<?>(var first, var second)
          && world.node(first.validator()).isCorrect()) {
        var text = "accuses a correct validator: " + first.vote() + ", " + second.vote();
        world.violations().report(name(), it.node(), text);
      }
    }
  }
}
