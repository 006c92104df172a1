package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which evidence a block may hold: read strictly, of a height between the first block's and the
 * parent's, not too old, no offence twice on the whole chain, and proven. Signatures come last.
 */
final class EvidenceRules {
  private final Height initialHeight;
  private final EvidenceVerifier verifier;

  EvidenceRules(Height initialHeight, EvidenceVerifier verifier) {
    this.initialHeight = initialHeight;
    this.verifier = verifier;
  }

  /** The first rule that a block's evidence breaks; empty if it breaks none. */
  String fault(LedgerBlock block, Ancestors ancestors) {
    if (block.evidence().isEmpty()) {
      return "";
    }
    if (block.evidence().size() > LedgerBlock.MAX_EVIDENCE) {
      return "%d pieces of evidence are above %d"
          .formatted(block.evidence().size(), LedgerBlock.MAX_EVIDENCE);
    }
    var pieces = block.readEvidence();
    if (pieces.isEmpty()) {
      return "its evidence is no canonical encoding of two conflicting votes";
    }
    var fault = placeFault(pieces.get(), block.height(), ancestors);
    return fault.isEmpty() ? proofFault(pieces.get(), ancestors) : fault;
  }

  private String placeFault(List<DuplicateVoteEvidence> pieces, Height block, Ancestors ancestors) {
    Set<Hash> seen = new HashSet<>();
    for (var piece : pieces) {
      if (initialHeight.isAbove(piece.height()) || !block.isAbove(piece.height())) {
        return "evidence of height %s is not of an ancestor".formatted(piece.height());
      }
      if (EvidenceLimits.isTooOld(piece.height(), block)) {
        return "evidence of height %s is more than %d heights old"
            .formatted(piece.height(), EvidenceLimits.MAX_AGE);
      }
      var offence = piece.offence().id();
      if (!seen.add(offence)) {
        return "offence %s stands in it twice".formatted(offence);
      }
      if (ancestors.holdOffence(offence)) {
        return "offence %s stands in an ancestor".formatted(offence);
      }
    }
    return "";
  }

  private String proofFault(List<DuplicateVoteEvidence> pieces, Ancestors ancestors) {
    for (var piece : pieces) {
      var time = ancestors.timeAt(piece.height());
      if (time.isEmpty()) {
        return "there is no ancestor at height %s".formatted(piece.height());
      }
      if (verifier.verify(piece, time.get())
          instanceof EvidenceVerifier.Result.Refused(var reason)) {
        return "evidence against %s is not valid: %s".formatted(piece.validator(), reason);
      }
    }
    return "";
  }
}
