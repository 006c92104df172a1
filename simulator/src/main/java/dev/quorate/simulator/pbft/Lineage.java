package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.simulator.observe.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who follows whom among all blocks that any engine has seen. */
final class Lineage {
  private final Map<BlockId, Place> places = new HashMap<>();

  /** Where a block stands. */
  record Place(Height height, BlockId parent) {}

  /** Learns of the block in an observation, if there is one. */
  void see(Observation observation) {
    if (observation instanceof Observation.Stepped stepped) {
      see(stepped.event());
    } else if (observation instanceof Observation.Delivered delivered) {
      add(delivered.block().toBlock());
    }
  }

  Optional<BlockId> parentOf(BlockId id) {
    return Optional.ofNullable(places.get(id)).map(Place::parent);
  }

  /** The ancestor at a height, the block itself included; empty where the line is not known. */
  Optional<BlockId> ancestorAt(BlockId id, Height height) {
    var current = id;
    var place = places.get(current);
    while (place != null && place.height().isAbove(height)) {
      current = place.parent();
      place = places.get(current);
    }
    return place != null && place.height().equals(height) ? Optional.of(current) : Optional.empty();
  }

  void add(Block block) {
    places.putIfAbsent(block.id(), new Place(block.height(), block.parent()));
  }

  private void see(Event<?> event) {
    if (event instanceof Event.Received<?>(var signed, _)
        && signed.message() instanceof PrePrepare proposal) {
      add(proposal.block());
    } else if (event instanceof Event.BlockArrived<?>(var block)) {
      add(block);
    } else if (event instanceof Event.BlockBuilt<?>(_, var built)) {
      built.ifPresent(this::add);
    } else if (event instanceof Event.Synced<?>(var block, _)) {
      add(block);
    }
  }
}
