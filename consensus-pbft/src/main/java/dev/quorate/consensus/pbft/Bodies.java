package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.pbft.SlotWindow.Chain;
import dev.quorate.consensus.pbft.message.BlockRef;
import java.util.List;

/** The bodies of undelivered blocks: which are here, which are on disk, which must be fetched. */
final class Bodies {
  private final ReplicaState state;
  private final SlotWindow window;

  Bodies(ReplicaState state) {
    this.state = state;
    this.window = state.window;
  }

  /** R15: whether a block and all below it are here and valid; asks for what is missing. */
  boolean holdChainOf(BlockRef tip) {
    return switch (window.chainTo(tip, state.committed())) {
      case Chain.Missing(var ref) -> {
        fetch(ref, state.primaryOf(state.pending()));
        yield false;
      }
      case Chain.Foreign(var ref) -> false;
      case Chain.Complete(var blocks) -> {
        boolean valid = blocks.stream().allMatch(Candidate::isValid);
        if (valid) {
          blocks.forEach(this::store);
        }
        yield valid;
      }
    };
  }

  /** R14: asks for what is missing of a certified block and of those below it. */
  void fetchChainOf(BlockRef certified) {
    if (window.chainTo(certified, state.committed()) instanceof Chain.Missing(var ref)) {
      fetch(ref, state.primaryOf(state.pending()));
    }
  }

  /**
   * R1: asks for the parents of proposals that are not just late. Only as far as there is room:
   * nothing vouches for the name of a parent yet.
   */
  void onBeat() {
    for (var slot : List.copyOf(window.ascending())) {
      // What is younger than a beat may still be on its way.
      if (slot.openedAt() + 1 < state.beat()) {
        slot.proposal().ifPresent(it -> fetchParentOf(it.block()));
      }
    }
  }

  /** R15b: on disk in the write that carries the promise which rests on it. */
  void store(Candidate candidate) {
    if (!candidate.isStored()) {
      candidate.stored();
      state.out.add(new Effect.Store<>(candidate.block()));
    }
  }

  /** Asks for a body that a certificate, or a child of its block, names. */
  void fetch(BlockRef missing, Certificate because) {
    var hint =
        because.signers().stream()
            .map(Certificate.Signer::validator)
            .filter(signer -> !signer.equals(state.self))
            .findFirst();
    fetch(missing, hint.orElse(state.self));
  }

  /** A body has come; one that nobody asked for is not taken. */
  void onArrived(Block block) {
    window
        .find(block.height())
        .filter(slot -> slot.isWanted(block.id()))
        .ifPresent(slot -> slot.keepWanted(block));
  }

  private void fetchParentOf(Block block) {
    var parent = new BlockRef(block.height().previous(), block.parent());
    if (!window.contains(parent.height()) || window.candidate(parent).isPresent()) {
      return;
    }
    var slot = window.open(parent.height(), state.beat());
    if (slot.isWanted(parent.id()) || slot.hasRoom()) {
      fetch(parent, block.proposer());
    }
  }

  private void fetch(BlockRef missing, ValidatorId hint) {
    if (!window.contains(missing.height())) {
      return;
    }
    var slot = window.open(missing.height(), state.beat());
    if (slot.want(missing.id(), state.beat())) {
      state.out.add(new Effect.FetchBlock<>(missing.id(), missing.height(), hint));
    }
  }
}
