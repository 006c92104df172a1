package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/**
 * Nil is precommitted because no block can get a quorum any more, long before timeoutPrevote and
 * though nil has none either.
 */
final class EarlyNil implements Mark {
  private final Signatures signatures = new Signatures();
  private final Ballots ballots = new Ballots();

  @Override
  public String name() {
    return "nil precommitted before nil had a quorum";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Signatures.KINDS;
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    signatures
        .see(observation, world)
        .ifPresent(
            signed -> {
              if (signed instanceof Prevote(var vote)) {
                ballots.add(vote.vote());
              }
            });
    return observation instanceof Observation.Stepped it
        && it.event() instanceof Event.Received<?>
        && world.node(it.node()).isCorrect()
        && Steps.precommit(it).filter(vote -> isEarly(vote, world)).isPresent();
  }

  private boolean isEarly(Vote vote, World world) {
    return vote.blockId().isNone()
        && !ballots.canBePolka(vote.height(), vote.round(), BlockId.NONE, world);
  }
}
