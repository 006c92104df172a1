package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A validator that is locked on a block votes for another one of the same height. */
final class LockMoved implements Mark {
  private final String name;
  private final Function<Observation.Stepped, Optional<Vote>> vote;
  private final Map<ValidatorId, Vote> locks = new HashMap<>();

  private LockMoved(String name, Function<Observation.Stepped, Optional<Vote>> vote) {
    this.name = name;
    this.vote = vote;
  }

  /** It prevotes that block, because it had a polka since (L29). */
  static LockMoved prevote() {
    return new LockMoved("prevote against the lock after a newer polka", Steps::prevote);
  }

  /** It is locked on that one (L38). */
  static LockMoved precommit() {
    return new LockMoved("lock replaced by a newer polka", Steps::precommit);
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
    var lock = locks.get(it.node());
    boolean moved = lock != null && vote.apply(it).filter(now -> isOther(lock, now)).isPresent();
    Steps.precommit(it)
        .filter(made -> !made.blockId().isNone())
        .ifPresent(made -> locks.put(it.node(), made));
    return moved;
  }

  private static boolean isOther(Vote lock, Vote now) {
    return lock.height().equals(now.height())
        && !now.blockId().isNone()
        && !now.blockId().equals(lock.blockId());
  }
}
