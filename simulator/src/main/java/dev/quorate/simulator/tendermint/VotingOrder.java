package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * O7: what a correct validator signs, and where it goes, over all its incarnations.
 *
 * <ul>
 *   <li>For each height and round one proposal, one prevote, one precommit; the proposal in its own
 *       rounds only.
 *   <li>Nothing new below what it signed last: heights, in a height the rounds, in a round
 *       proposal, prevote, precommit.
 *   <li>A precommit for a block only where there can be a polka for it of that very round.
 *   <li>It never goes back to an earlier round of a height, and enters a later one only where
 *       another correct validator has voted in it, or a quorum can have precommitted in the round
 *       before (L55, L65).
 * </ul>
 */
final class VotingOrder implements Oracle {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::height).thenComparing(Place::round).thenComparing(Place::step);

  private final Signatures signatures = new Signatures();
  private final Ballots ballots = new Ballots();
  private final Turns turns = new Turns();
  private final Map<ValidatorId, TreeMap<Place, Said>> said = new HashMap<>();
  private final Map<ValidatorId, Place> places = new HashMap<>();

  /** A slot; of one that a validator is in, the step is always the first. */
  private record Place(Height height, Round round, Step step) {
    static Place of(EngineStatus status) {
      return new Place(status.height(), status.round(), Step.PROPOSE);
    }

    @Override
    public String toString() {
      return "height %s, round %s, %s".formatted(height, round, step);
    }
  }

  /** What was signed for a slot; a valid round belongs to a proposal. */
  private record Said(BlockId id, Optional<Round> validRound) {
    @Override
    public String toString() {
      return id.abbreviated() + validRound.map(it -> " valid since round " + it).orElse("");
    }
  }

  @Override
  public String name() {
    return "O7 order of votes";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    var kinds = new HashSet<>(Signatures.KINDS);
    kinds.add(Observation.Turned.class);
    return Set.copyOf(kinds);
  }

  @Override
  public void see(Observation observation, World world) {
    signatures
        .see(observation, world)
        .ifPresent(
            signed -> {
              switch (signed) {
                case Proposal it -> proposed(it, world);
                case Prevote(var vote) -> voted(vote.vote(), Step.PREVOTE, world);
                case Precommit(var vote) -> voted(vote.vote(), Step.PRECOMMIT, world);
                default -> {}
              }
            });
    if (observation instanceof Observation.Turned it && world.node(it.node()).isCorrect()) {
      moved(it.node(), Place.of(it.status().engine()), world);
    } else if (observation instanceof Observation.Started it && world.node(it.node()).isCorrect()) {
      notBack(it.node(), Place.of(it.status().engine()), world);
    }
  }

  private void proposed(Proposal proposal, World world) {
    var node = proposal.proposer();
    var place = new Place(proposal.height(), proposal.round(), Step.PROPOSE);
    boolean isNew =
        enter(node, place, new Said(proposal.block().id(), proposal.validRound()), world);
    if (isNew && !turns.proposerOf(place.height(), place.round(), world).equals(node)) {
      report(node, place + ": it is not its turn", world);
    }
  }

  private void voted(Vote vote, Step step, World world) {
    var place = new Place(vote.height(), vote.round(), step);
    var node = vote.validator();
    if (!enter(node, place, new Said(vote.blockId(), Optional.empty()), world)) {
      return;
    }
    boolean polka =
        vote.blockId().isNone()
            || ballots.canBePolka(vote.height(), vote.round(), vote.blockId(), world);
    if (step == Step.PRECOMMIT && !polka) {
      var text = place + ": there can be no polka of that round for ";
      report(node, text + vote.blockId().abbreviated(), world);
    }
    ballots.add(vote);
  }

  /** Whether it is signed for the first time. */
  private boolean enter(ValidatorId node, Place place, Said what, World world) {
    var mine = said.computeIfAbsent(node, _ -> new TreeMap<>(ORDER));
    var last = mine.isEmpty() ? place : mine.lastKey();
    var before = mine.putIfAbsent(place, what);
    if (before != null && !before.equals(what)) {
      report(node, "%s: %s, and %s before".formatted(place, what, before), world);
    } else if (before == null && ORDER.compare(place, last) < 0) {
      report(node, "%s: signed after %s".formatted(place, last), world);
    }
    return before == null;
  }

  private void moved(ValidatorId node, Place place, World world) {
    var before = places.get(node);
    notBack(node, place, world);
    if (!place.equals(before) && place.round().value() > 0 && !isJustified(node, place, world)) {
      report(node, place + ": nobody let it enter that round", world);
    }
  }

  private boolean isJustified(ValidatorId node, Place place, World world) {
    var there = ballots.voters(place.height(), place.round());
    there.remove(node);
    var round = new Round(place.round().value() - 1);
    return !there.isEmpty()
        || ballots.canBeAnyCommit(place.height(), round, world)
        || Ballots.isBeyondBudget(world);
  }

  private void notBack(ValidatorId node, Place place, World world) {
    var before = places.put(node, place);
    if (before != null && ORDER.compare(place, before) < 0) {
      report(node, "%s: it was at %s".formatted(place, before), world);
    }
  }

  private void report(ValidatorId node, String text, World world) {
    world.violations().report(name(), node, text);
  }
}
