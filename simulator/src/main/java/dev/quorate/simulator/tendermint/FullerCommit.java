package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A block carries precommits for its parent that came after its proposer had decided that. */
final class FullerCommit implements Mark {
  private final Map<ValidatorId, Certificate> decided = new HashMap<>();

  @Override
  public String name() {
    return "late precommits in the commit of a parent";
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
    boolean hit = false;
    for (var effect : it.effects()) {
      if (effect instanceof Effect.Commit<?>(_, var certificate)) {
        decided.put(it.node(), certificate);
      } else if (effect instanceof Effect.BuildBlock<?> build && build.lastCommit().isPresent()) {
        var before = decided.get(it.node());
        var carried = build.lastCommit().get();
        hit |=
            before != null
                && before.height().equals(carried.height())
                && before.signers().size() < carried.signers().size();
      }
    }
    return hit;
  }
}
