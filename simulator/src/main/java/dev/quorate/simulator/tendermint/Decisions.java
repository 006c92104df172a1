package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * O8: once a block can be decided at a height, no other block can have a polka in a later round of
 * it. That is the invariant by which Tendermint agrees: whoever could have decided is enough to
 * keep every other block from a quorum.
 *
 * <p>A block can be decided in a round where correct validators signed precommits for it that make
 * a quorum with everybody who is faulty, or where a correct one has decided it. Both sides are
 * remembered, so it does not matter which is seen first.
 */
final class Decisions implements Oracle {
  private final Signatures signatures = new Signatures();
  private final Ballots ballots = new Ballots();
  private final Map<Height, Quorums> heights = new HashMap<>();

  private record Quorum(Round round, BlockId id) {
    boolean contradicts(Quorum polka) {
      return round.compareTo(polka.round()) < 0 && !id.equals(polka.id());
    }
  }

  /** The quorums that there can be at one height. */
  private static final class Quorums {
    final Set<Quorum> commits = new LinkedHashSet<>();
    final Set<Quorum> polkas = new LinkedHashSet<>();
  }

  @Override
  public String name() {
    return "O8 later rounds keep what can be decided";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    var kinds = new HashSet<>(Signatures.KINDS);
    kinds.add(Observation.Delivered.class);
    return Set.copyOf(kinds);
  }

  @Override
  public void see(Observation observation, World world) {
    if (Ballots.isBeyondBudget(world)) {
      return;
    }
    if (observation instanceof Observation.Delivered it && world.node(it.node()).isCorrect()) {
      var decided = new Quorum(it.commit().round(), it.block().id());
      commit(it.node(), it.block().height(), decided, world);
    }
    signatures
        .see(observation, world)
        .ifPresent(
            signed -> {
              if (signed instanceof Prevote(var vote)) {
                voted(vote.vote(), world);
              } else if (signed instanceof Precommit(var vote)) {
                voted(vote.vote(), world);
              }
            });
  }

  private void voted(Vote vote, World world) {
    if (vote.blockId().isNone()) {
      return;
    }
    ballots.add(vote);
    var it = new Quorum(vote.round(), vote.blockId());
    boolean precommit = vote.type() == VoteType.COMMIT;
    if (precommit && ballots.canBeCommit(vote.height(), it.round(), it.id(), world)) {
      commit(vote.validator(), vote.height(), it, world);
    } else if (!precommit && ballots.canBePolka(vote.height(), it.round(), it.id(), world)) {
      polka(vote.validator(), vote.height(), it, world);
    }
  }

  private void commit(ValidatorId node, Height height, Quorum commit, World world) {
    var quorums = at(height);
    if (quorums.commits.add(commit)) {
      quorums.polkas.forEach(polka -> compare(node, height, commit, polka, world));
    }
  }

  private void polka(ValidatorId node, Height height, Quorum polka, World world) {
    var quorums = at(height);
    if (quorums.polkas.add(polka)) {
      quorums.commits.forEach(commit -> compare(node, height, commit, polka, world));
    }
  }

  private void compare(ValidatorId node, Height height, Quorum commit, Quorum polka, World world) {
    if (commit.contradicts(polka)) {
      var text =
          "height %s: %s can be decided in round %s, and %s have a polka in round %s"
              .formatted(
                  height,
                  commit.id().abbreviated(),
                  commit.round(),
                  polka.id().abbreviated(),
                  polka.round());
      world.violations().report(name(), node, text);
    }
  }

  private Quorums at(Height height) {
    return heights.computeIfAbsent(height, _ -> new Quorums());
  }
}
