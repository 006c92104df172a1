package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ProposerPriorities;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.simulator.observe.World;
import java.util.ArrayList;
import java.util.List;

/** proposer(h, r), counted from the first height on without asking an engine. */
final class Turns {
  /** The turn of each height, from the initial one on. */
  private final List<ProposerPriorities.Pick> turns = new ArrayList<>();

  /** Whose turn it is; the work grows with the round, and with how far the height is ahead. */
  ValidatorId proposerOf(Height height, Round round, World world) {
    var genesis = world.genesis();
    int place = Math.toIntExact(height.value() - genesis.initialHeight().value());
    while (turns.size() <= place) {
      var before =
          turns.isEmpty()
              ? ProposerPriorities.fresh(genesis.validatorSet())
              : turns.getLast().after();
      turns.add(before.increment(1));
    }
    var turn = turns.get(place);
    return round.equals(Round.ZERO)
        ? turn.proposer()
        : turn.after().increment(round.value()).proposer();
  }
}
