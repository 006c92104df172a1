package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashSet;
import java.util.Set;

/**
 * A validator that had precommitted nil learned of the round's polka all the same, and passes it on
 * as the one of its valid block (L36 in step precommit, or late, for a round that is over).
 */
final class LatePolka implements Mark {
  private final Set<Place> nil = new HashSet<>();

  private record Place(ValidatorId node, Height height, Round round) {}

  @Override
  public String name() {
    return "block valid by a polka after a nil precommit";
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
    Steps.precommit(it)
        .filter(vote -> vote.blockId().isNone())
        .ifPresent(vote -> nil.add(new Place(it.node(), vote.height(), vote.round())));
    boolean hit = false;
    for (var message : Steps.said(it)) {
      if (message instanceof CertificateMessage(var polka) && polka.type() == VoteType.PREPARE) {
        hit |= nil.remove(new Place(it.node(), polka.height(), polka.round()));
      }
    }
    return hit;
  }
}
