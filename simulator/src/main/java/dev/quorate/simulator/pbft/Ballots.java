package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
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
 * Which votes correct validators have signed, and so which certificates there can be: with those
 * that are faulty voting for everything, more than two thirds.
 */
final class Ballots {
  private final Map<Key, Set<ValidatorId>> voters = new HashMap<>();
  private final Map<ViewOf, Map<BlockId, Height>> blocks = new HashMap<>();
  private final Map<BlockId, Set<Key>> ballots = new HashMap<>();

  /** What a vote says apart from who says it. */
  private record Key(VoteType type, int view, Height height, BlockId id) {}

  private record ViewOf(VoteType type, int view) {}

  /** A correct validator signed it. */
  void add(Vote vote) {
    var key = new Key(vote.type(), vote.round().value(), vote.height(), vote.blockId());
    voters.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(vote.validator());
    blocks
        .computeIfAbsent(new ViewOf(key.type(), key.view()), _ -> new LinkedHashMap<>())
        .put(key.id(), key.height());
    ballots.computeIfAbsent(key.id(), _ -> new LinkedHashSet<>()).add(key);
  }

  /** Whether there can be a certificate of either type, of any view, for a block. */
  boolean canBeCertified(BlockId id, World world) {
    return ballots.getOrDefault(id, Set.of()).stream().anyMatch(it -> canBeQuorum(it, world));
  }

  /** Whether there can be a prepared certificate of a view for a block or a descendant of it. */
  boolean canBePrepared(int view, Height height, BlockId id, Lineage lineage, World world) {
    var ofView = blocks.getOrDefault(new ViewOf(VoteType.PREPARE, view), Map.of());
    for (var it : ofView.entrySet()) {
      if (height.compareTo(it.getValue()) <= 0
          && canBeQuorum(new Key(VoteType.PREPARE, view, it.getValue(), it.getKey()), world)
          && lineage.ancestorAt(it.getKey(), height).filter(id::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean canBeQuorum(Key key, World world) {
    var validators = world.genesis().validatorSet();
    var possible = new LinkedHashSet<>(voters.getOrDefault(key, Set.of()));
    for (NodeView node : world.nodes()) {
      if (!node.isCorrect()) {
        possible.add(node.id());
      }
    }
    return validators.isQuorum(possible);
  }
}
