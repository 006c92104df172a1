package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;

/** A validator went on with its PREPAREs of a view above a height that it had not PREPAREd. */
final class Rebase implements Mark {
  private final Map<ValidatorId, Vote> last = new HashMap<>();

  @Override
  public String name() {
    return "re-based within a view";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    boolean hit = false;
    if (observation instanceof Observation.Stepped it) {
      for (var effect : it.effects()) {
        if (effect instanceof Effect.Broadcast<?>(var message)
            && message instanceof Prepare(var signed)) {
          var vote = signed.vote();
          var before = last.put(it.node(), vote);
          hit |= before != null && isGap(before, vote);
        }
      }
    }
    return hit;
  }

  private static boolean isGap(Vote before, Vote vote) {
    return before.round().equals(vote.round()) && vote.height().isAbove(before.height().next());
  }
}
