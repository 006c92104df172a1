package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which votes correct validators have signed, and so which polkas and commits there can be: with
 * those that are faulty voting for everything, more than two thirds.
 */
final class Ballots {
  private final Map<Box, Map<BlockId, Set<ValidatorId>>> boxes = new HashMap<>();

  private record Box(VoteType type, Height height, Round round) {}

  /** A correct validator signed it. */
  void add(Vote vote) {
    boxes
        .computeIfAbsent(
            new Box(vote.type(), vote.height(), vote.round()), _ -> new LinkedHashMap<>())
        .computeIfAbsent(vote.blockId(), _ -> new LinkedHashSet<>())
        .add(vote.validator());
  }

  /** Whether there can be a polka of that round. */
  boolean canBePolka(Height height, Round round, BlockId id, World world) {
    return canBeQuorum(voters(VoteType.PREPARE, height, round, id), world);
  }

  /** Whether there can be a commit certificate of that round. */
  boolean canBeCommit(Height height, Round round, BlockId id, World world) {
    return canBeQuorum(voters(VoteType.COMMIT, height, round, id), world);
  }

  /** Whether a quorum can have precommitted in that round, for whatever. */
  boolean canBeAnyCommit(Height height, Round round, World world) {
    return canBeQuorum(voters(VoteType.COMMIT, height, round), world);
  }

  /** Those correct ones that voted in a round, in either phase. */
  Set<ValidatorId> voters(Height height, Round round) {
    var voters = voters(VoteType.PREPARE, height, round);
    voters.addAll(voters(VoteType.COMMIT, height, round));
    return voters;
  }

  private Set<ValidatorId> voters(VoteType type, Height height, Round round, BlockId id) {
    return boxes.getOrDefault(new Box(type, height, round), Map.of()).getOrDefault(id, Set.of());
  }

  private Set<ValidatorId> voters(VoteType type, Height height, Round round) {
    var voters = new LinkedHashSet<ValidatorId>();
    boxes.getOrDefault(new Box(type, height, round), Map.of()).values().forEach(voters::addAll);
    return voters;
  }

  private static boolean canBeQuorum(Set<ValidatorId> correct, World world) {
    var possible = new LinkedHashSet<>(correct);
    possible.addAll(faulty(world));
    return world.genesis().validatorSet().isQuorum(possible);
  }

  /** Whether so many are faulty that nothing is promised of the network any more. */
  static boolean isBeyondBudget(World world) {
    var validators = world.genesis().validatorSet();
    return validators.powerOf(faulty(world)) > validators.toleratedPower();
  }

  private static Set<ValidatorId> faulty(World world) {
    var faulty = new LinkedHashSet<ValidatorId>();
    for (NodeView node : world.nodes()) {
      if (!node.isCorrect()) {
        faulty.add(node.id());
      }
    }
    return faulty;
  }
}
