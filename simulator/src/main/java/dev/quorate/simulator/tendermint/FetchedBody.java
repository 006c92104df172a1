package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** A certificate came before the block that it names, and the block was fetched by its id. */
final class FetchedBody implements Mark {
  private final String name;
  private final BiPredicate<Observation.Stepped, BlockId> acts;
  private final Map<ValidatorId, BlockId> fetched = new HashMap<>();

  private FetchedBody(String name, BiPredicate<Observation.Stepped, BlockId> acts) {
    this.name = name;
    this.acts = acts;
  }

  /** For a polka, and then it was precommitted. */
  static FetchedBody precommitted() {
    return new FetchedBody(
        "precommit for a body that was fetched",
        (step, id) -> Steps.precommit(step).filter(it -> it.blockId().equals(id)).isPresent());
  }

  /** For a commit, and then it was decided. */
  static FetchedBody decided() {
    return new FetchedBody("decision on a body that was fetched", FetchedBody::decides);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Stepped.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (!(observation instanceof Observation.Stepped it) || !world.node(it.node()).isCorrect()) {
      return false;
    }
    if (it.event() instanceof Event.BlockArrived<?>(var block)) {
      fetched.put(it.node(), block.id());
    }
    var id = fetched.get(it.node());
    return id != null && !(it.event() instanceof Event.Synced<?>) && acts.test(it, id);
  }

  private static boolean decides(Observation.Stepped step, BlockId id) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Commit<?>(var block, _) && block.id().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
