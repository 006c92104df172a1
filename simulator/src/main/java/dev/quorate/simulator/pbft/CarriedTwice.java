package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An undelivered block was the tip of two new views. */
final class CarriedTwice implements Mark {
  private final Map<BlockId, Set<Integer>> views = new HashMap<>();

  @Override
  public String name() {
    return "prepared tip carried over two views";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (!(observation instanceof Observation.Stepped it)) {
      return false;
    }
    return NewViews.accepted(it)
        .flatMap(newView -> newView.tip())
        .map(SignedVote::vote)
        .filter(
            vote -> {
              var of = views.computeIfAbsent(vote.blockId(), _ -> new HashSet<>());
              return of.add(vote.round().value()) && of.size() == 2;
            })
        .isPresent();
  }
}
