package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.contract.EngineLife.Step;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down the first life of each node's engine in a simulation; it finds nothing wrong. */
final class Recorder implements Oracle {
  private final Map<ValidatorId, List<Observation.Stepped>> steps = new LinkedHashMap<>();
  private @Nullable World world;

  @Override
  public String name() {
    return "a recorder";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Stepped.class);
  }

  @Override
  public void see(Observation observation, World seen) {
    world = seen;
    if (observation instanceof Observation.Stepped step && step.incarnation() == 1) {
      steps.computeIfAbsent(step.node(), _ -> new ArrayList<>()).add(step);
    }
  }

  /** One life for each node, in set order. */
  <M extends Message<M>> List<EngineLife<M>> lives(EngineProvider<M> provider) {
    var seen = world;
    if (seen == null) {
      throw new IllegalStateException("nothing was seen");
    }
    var lives = new ArrayList<EngineLife<M>>();
    for (var node : seen.nodes()) {
      var own = steps.getOrDefault(node.id(), List.of()).stream().map(Recorder::<M>step).toList();
      lives.add(new EngineLife<>(provider, seen.genesis(), seen.scheme(), node.id(), own));
    }
    return lives;
  }

  /** A network has one engine, and all its messages are that engine's. */
  @SuppressWarnings("unchecked")
  private static <M extends Message<M>> Step<M> step(Observation.Stepped it) {
    return new Step<>((Event<M>) it.event(), (List<Effect<M>>) (List<?>) it.effects());
  }
}
