package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * O6: a correct validator obeys its lock, over all its incarnations.
 *
 * <p>Whoever precommitted a block is locked on it from then on (L38), until it precommits another
 * one at this height. Against that it prevotes another block only where there can be a polka for
 * that block, of a round not below the lock's and below its own (L29). And it proposes nothing but
 * what had a polka, of a round not below the lock's (L16, L43). Whether there can be one is judged
 * by what correct validators signed.
 */
final class Locks implements Oracle {
  private final Signatures signatures = new Signatures();
  private final Ballots ballots = new Ballots();
  private final Map<ValidatorId, Lock> locks = new HashMap<>();

  /** The last block that was precommitted, and where. */
  private record Lock(Height height, Round round, BlockId id) {
    /** Whether it binds what is said in a round. */
    boolean binds(Height at, Round in) {
      return height.equals(at) && round.compareTo(in) < 0;
    }

    @Override
    public String toString() {
      return id.abbreviated() + " since round " + round;
    }
  }

  @Override
  public String name() {
    return "O6 locks";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Signatures.KINDS;
  }

  @Override
  public void see(Observation observation, World world) {
    var signed = signatures.see(observation, world);
    if (signed.isEmpty()) {
      return;
    }
    switch (signed.get()) {
      case Proposal it -> proposed(it, world);
      case Prevote(var vote) -> prevoted(vote.vote(), world);
      case Precommit(var vote) -> precommitted(vote.vote());
      default -> {}
    }
  }

  private void proposed(Proposal proposal, World world) {
    var node = proposal.proposer();
    var height = proposal.height();
    var id = proposal.block().id();
    var validRound = proposal.validRound();
    var lock = lockOn(node, height, proposal.round());
    if (lock.filter(it -> validRound.isEmpty()).isPresent()) {
      report(
          node, height, proposal.round(), "proposes a fresh block, locked on", lock.get(), world);
    } else if (lock.filter(it -> validRound.get().compareTo(it.round()) < 0).isPresent()) {
      var text = "proposes with valid round " + validRound.get() + ", locked on";
      report(node, height, proposal.round(), text, lock.get(), world);
    }
    if (validRound.filter(it -> !ballots.canBePolka(height, it, id, world)).isPresent()) {
      var text =
          "proposes %s, of which there can be no polka in round %s"
              .formatted(id.abbreviated(), validRound.get());
      world.violations().report(name(), node, text);
    }
  }

  private void prevoted(Vote vote, World world) {
    ballots.add(vote);
    var lock = lockOn(vote.validator(), vote.height(), vote.round());
    boolean against =
        lock.isPresent() && !vote.blockId().isNone() && !vote.blockId().equals(lock.get().id());
    if (against && !isFreed(lock.get(), vote, world)) {
      var text = "prevotes " + vote.blockId().abbreviated() + ", locked on";
      report(vote.validator(), vote.height(), vote.round(), text, lock.get(), world);
    }
  }

  private boolean isFreed(Lock lock, Vote vote, World world) {
    for (int round = lock.round().value(); round < vote.round().value(); round++) {
      if (ballots.canBePolka(vote.height(), new Round(round), vote.blockId(), world)) {
        return true;
      }
    }
    return false;
  }

  private void precommitted(Vote vote) {
    ballots.add(vote);
    if (!vote.blockId().isNone()) {
      var lock = new Lock(vote.height(), vote.round(), vote.blockId());
      locks.merge(vote.validator(), lock, Locks::later);
    }
  }

  private static Lock later(Lock one, Lock other) {
    boolean earlier =
        one.height().isAbove(other.height()) || other.binds(one.height(), one.round());
    return earlier ? one : other;
  }

  /** The lock that binds a validator in a round. */
  private Optional<Lock> lockOn(ValidatorId node, Height height, Round round) {
    return Optional.ofNullable(locks.get(node)).filter(it -> it.binds(height, round));
  }

  private void report(
      ValidatorId node, Height height, Round round, String what, Lock lock, World world) {
    var text = "height %s, round %s: %s %s".formatted(height, round, what, lock);
    world.violations().report(name(), node, text);
  }
}
