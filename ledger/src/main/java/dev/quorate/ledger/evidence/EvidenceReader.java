package dev.quorate.ledger.evidence;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Hash;
import java.util.List;
import java.util.Optional;

/**
 * The evidence that a node holds, for everybody who asks about it; safe for use by any thread. What
 * is visible here is durable.
 */
public interface EvidenceReader {
  /** Where evidence of the offence with this id stands in the chain. */
  Optional<EvidencePlace> locate(Hash offence);

  /** What stands in the chain from a place on, in order of the places, at most so many pieces. */
  List<CommittedEvidence> committed(EvidencePlace from, int limit);

  /**
   * What waits for a block: at most {@link EvidenceLimits#MAX_PENDING} pieces of different
   * offences, in order of the votes' height, then of the offence's id.
   */
  List<DuplicateVoteEvidence> pending();
}
