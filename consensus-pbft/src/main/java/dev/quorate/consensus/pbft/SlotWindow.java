package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.BlockRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The undelivered heights (R5): the low watermark is the last delivered height, and nothing is kept
 * further above it than the lookahead.
 */
final class SlotWindow {
  private final ValidatorSet validators;
  private final int lookahead;
  private final NavigableMap<Height, Slot> slots = new TreeMap<>();
  private Height low;

  SlotWindow(Height low, int lookahead, ValidatorSet validators) {
    this.low = low;
    this.lookahead = lookahead;
    this.validators = validators;
  }

  Height low() {
    return low;
  }

  /** Whether messages about a height are kept. */
  boolean contains(Height height) {
    return height.isAbove(low) && !height.isAbove(low.plus(lookahead));
  }

  Optional<Slot> find(Height height) {
    return Optional.ofNullable(slots.get(height));
  }

  /** The slot of a height that {@link #contains} accepts. */
  Slot open(Height height, long beat) {
    if (!contains(height)) {
      throw new IllegalStateException("height " + height + " is not within reach of " + low);
    }
    return slots.computeIfAbsent(height, h -> new Slot(h, validators, beat));
  }

  /** The open slots by height. */
  Collection<Slot> ascending() {
    return slots.values();
  }

  /** The candidate with this name, if its body is here. */
  Optional<Candidate> candidate(BlockRef ref) {
    return find(ref.height()).flatMap(slot -> slot.candidate(ref.id()));
  }

  /** The body of a block above the low watermark and of its undelivered ancestors. */
  sealed interface Chain {
    /** From the lowest up; each is the parent of the next, the first one's is delivered. */
    record Complete(List<Candidate> blocks) implements Chain {}

    /** The first body that is missing on the way down. */
    record Missing(BlockRef ref) implements Chain {}

    /** It does not descend from the delivered chain. */
    record Foreign(BlockRef ref) implements Chain {}
  }

  /** Walks from a block down to the last delivered one. */
  Chain chainTo(BlockRef tip, BlockRef delivered) {
    var blocks = new ArrayList<Candidate>();
    var at = tip;
    while (at.height().isAbove(low)) {
      var candidate = candidate(at);
      if (candidate.isEmpty()) {
        return new Chain.Missing(at);
      }
      blocks.addFirst(candidate.get());
      at = new BlockRef(at.height().previous(), candidate.get().block().parent());
    }
    return at.equals(delivered) ? new Chain.Complete(List.copyOf(blocks)) : new Chain.Foreign(at);
  }

  /** Moves the low watermark up; what is at or below it is forgotten. */
  void advance(Height delivered) {
    low = delivered;
    slots.headMap(delivered, true).clear();
  }

  /** A new view begins: proposals of the old one are no longer proposals. */
  void enter(Set<BlockId> needed) {
    slots.values().forEach(slot -> slot.enter(needed));
  }

  /** The names from a block down to the last delivered one, as far as the bodies are here. */
  Set<BlockId> namesDownFrom(BlockRef tip) {
    var names = new HashSet<BlockId>();
    var at = tip;
    for (var held = candidate(at); held.isPresent() && names.add(at.id()); held = candidate(at)) {
      at = new BlockRef(at.height().previous(), held.get().block().parent());
    }
    return names;
  }
}
