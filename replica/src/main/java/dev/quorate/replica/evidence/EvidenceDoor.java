package dev.quorate.replica.evidence;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where evidence of peers comes in: what gets past is proven, new here, and of a height that is
 * final here. Signatures are looked at last, and for each peer only so many in a second. Safe for
 * use by several threads; never throws because of what a peer sent.
 */
public final class EvidenceDoor {
  /** Pieces of one peer whose signatures are looked at in a second; the rest is dropped. */
  public static final int PROOFS_A_SECOND = 256;

  private final ChainReader chain;
  private final EvidenceVerifier verifier;
  private final AtomicReference<Held> held;
  private final Counts counts;
  private final Map<ValidatorId, Spent> spent = new HashMap<>();

  /** Proofs looked at in the second that began then. */
  private record Spent(int proofs, Instant since) {}

  /** The door of one pool, which tells what it holds. */
  EvidenceDoor(
      ChainReader chain, EvidenceVerifier verifier, AtomicReference<Held> held, Counts counts) {
    this.chain = chain;
    this.verifier = verifier;
    this.held = held;
    this.counts = counts;
  }

  /** The pieces of a frame that get past, up to the first that proves nothing. */
  public List<DuplicateVoteEvidence> admit(ValidatorId peer, List<Bytes> pieces, Instant now) {
    var admitted = new ArrayList<DuplicateVoteEvidence>();
    for (var encoded : pieces) {
      var piece = DuplicateVoteEvidence.decode(encoded);
      if (piece.isEmpty()) {
        counts.add(Count.EVIDENCE_INVALID);
        return admitted;
      }
      var obstacle = obstacle(piece.get());
      if (obstacle.isEmpty()) {
        obstacle = proofFault(peer, piece.get(), now);
      }
      if (obstacle.isEmpty()) {
        admitted.add(piece.get());
      } else {
        counts.add(obstacle.get());
        if (obstacle.get() == Count.EVIDENCE_INVALID) {
          return admitted;
        }
      }
    }
    return admitted;
  }

  /** Why a piece is not even looked at closely, as it is counted. */
  private Optional<Count> obstacle(DuplicateVoteEvidence piece) {
    var snapshot = held.get();
    var offence = piece.offence().id();
    if (snapshot.offences().contains(offence)) {
      return Optional.of(Count.EVIDENCE_REPEATED);
    }
    var tip = chain.tip();
    if (tip.isEmpty() || piece.height().isAbove(tip.get().height())) {
      return Optional.of(Count.EVIDENCE_EARLY);
    }
    if (chain.initialHeight().isAbove(piece.height())
        || EvidenceLimits.isTooOld(piece.height(), tip.get().height().next())) {
      return Optional.of(Count.EVIDENCE_INVALID);
    }
    if (chain.evidence().locate(offence).isPresent()) {
      return Optional.of(Count.EVIDENCE_REPEATED);
    }
    return snapshot.full().contains(piece.validator())
        ? Optional.of(Count.EVIDENCE_REFUSED)
        : Optional.empty();
  }

  private Optional<Count> proofFault(ValidatorId peer, DuplicateVoteEvidence piece, Instant now) {
    if (!mayProve(peer, now)) {
      return Optional.of(Count.EVIDENCE_REFUSED);
    }
    boolean proven =
        chain
            .header(piece.height())
            .map(Header::time)
            .map(time -> verifier.verify(piece, time))
            .filter(EvidenceVerifier.Result.Proven.class::isInstance)
            .isPresent();
    return proven ? Optional.empty() : Optional.of(Count.EVIDENCE_INVALID);
  }

  private synchronized boolean mayProve(ValidatorId peer, Instant now) {
    var before = spent.getOrDefault(peer, new Spent(0, now));
    var age = Duration.between(before.since(), now);
    // A clock that was set back begins a new second, too.
    boolean sameSecond = !age.isNegative() && age.toMillis() < 1_000;
    var current = sameSecond ? before : new Spent(0, now);
    boolean granted = current.proofs() < PROOFS_A_SECOND;
    spent.put(peer, granted ? new Spent(current.proofs() + 1, current.since()) : current);
    return granted;
  }
}
