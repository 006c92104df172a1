package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.ledger.Commit;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A final block carries a commit of its parent of another round than the one by which the parent
 * was decided here: from then on that is the parent's commit here too.
 */
final class OtherCommit implements Mark {
  private final Map<ValidatorId, Commit> commits = new HashMap<>();

  @Override
  public String name() {
    return "commit of a parent of another round than here";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (!(observation instanceof Observation.Delivered it)) {
      return false;
    }
    var before = commits.put(it.node(), it.commit());
    var carried = it.block().lastCommit();
    return before != null
        && before.height().equals(carried.height())
        && !before.round().equals(carried.round());
  }
}
