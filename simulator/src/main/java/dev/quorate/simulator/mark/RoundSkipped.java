package dev.quorate.simulator.mark;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A node went on by more than one round at once, within one process. */
final class RoundSkipped implements Mark {
  private final Map<ValidatorId, Round> rounds = new HashMap<>();

  @Override
  public String name() {
    return "round skipped";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Started.class, Observation.Turned.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    switch (observation) {
      case Observation.Turned(_, var node, _, var status) -> {
        var round = status.engine().round();
        var before = rounds.put(node, round);
        return before != null && round.value() > before.value() + 1;
      }
      case Observation.Started(_, var node, _, var status) ->
          rounds.put(node, status.engine().round());
      default -> {}
    }
    return false;
  }
}
