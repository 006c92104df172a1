package dev.quorate.replica.sync;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import java.util.List;

/** What a peer asks or answers outside of the engine, after the ingress has looked at it. */
public sealed interface SyncItem {
  /** The peer wants the body of a block. */
  record BlockAsked(BlockId id) implements SyncItem {}

  /** The peer sent a block; its id was recomputed from its bytes. */
  record BlockArrived(Block block) implements SyncItem {}

  /** The peer wants to know what we hold that it has signed. */
  record HeardAsked() implements SyncItem {}

  /** The peer has said all that it holds of us, and how far it is. */
  record HeardEnded(Standing standing) implements SyncItem {}

  /** The peer sent evidence that is proven and was new here. */
  record EvidenceArrived(List<DuplicateVoteEvidence> pieces) implements SyncItem {
    public EvidenceArrived {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * The peer sent final blocks, in order, each with its verified commit.
   *
   * @param sound false when something behind these was no block, or its commit not valid
   */
  record FinalArrived(List<Proven> blocks, boolean sound) implements SyncItem {
    public FinalArrived {
      blocks = List.copyOf(blocks);
    }
  }

  /** A block with the votes of a quorum for it, all of which were verified. */
  record Proven(Block block, Certificate certificate) {}
}
