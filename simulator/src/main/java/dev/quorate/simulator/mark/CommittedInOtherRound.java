package dev.quorate.simulator.mark;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Two nodes have certificates of different rounds for one block. */
final class CommittedInOtherRound implements Mark {
  private final Map<Height, Round> rounds = new HashMap<>();

  @Override
  public String name() {
    return "one block committed in two rounds";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Delivered(_, _, _, var block, var commit)) {
      var before = rounds.putIfAbsent(block.height(), commit.round());
      return before != null && !before.equals(commit.round());
    }
    return false;
  }
}
