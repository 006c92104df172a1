package dev.quorate.replica.blocks;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.ledger.Ancestors;
import java.util.List;

/** Where a builder finds the evidence for its block. */
@FunctionalInterface
public interface EvidenceSource {
  /** None at all. */
  EvidenceSource NONE = (_, _, _) -> List.of();

  /**
   * Evidence that a block may hold.
   *
   * @param block the height of the block
   * @param room bytes that it may take up there
   */
  List<DuplicateVoteEvidence> pick(Ancestors ancestors, Height block, long room);
}
