package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * Two conflicting votes with all that a block has to say of them: CometBFT's DuplicateVoteEvidence.
 *
 * <p>Holding one proves nothing: whether signatures, place, powers and time are right is for the
 * ledger's verifier to say.
 *
 * @param index the validator's place in set order at the height of the votes, from 0
 * @param totalPower of the set of that height
 * @param power the validator's, at least 1 and at most the total
 * @param time of the block at that height
 */
public record DuplicateVoteEvidence(
    DuplicateVote pair, int index, long totalPower, long power, Instant time) {
  /** The most bytes of an encoding: two votes of 209 bytes in their fields, two powers, a time. */
  public static final int MAX_BYTES = 463;

  /** Refuses a place and powers that cannot be, and a time that a block cannot have. */
  public DuplicateVoteEvidence {
    if (index < 0 || power < 1 || totalPower < power) {
      throw new IllegalArgumentException(
          "place %d, power %d of %d".formatted(index, power, totalPower));
    }
    if (!EvidenceCodec.isPossible(time)) {
      throw new IllegalArgumentException("no block has the time " + time);
    }
  }

  /**
   * What stands in blocks of a pair.
   *
   * @param validators the set of the votes' height; refuses a pair of somebody else
   * @param time of the block at that height
   */
  public static DuplicateVoteEvidence of(
      DuplicateVote pair, ValidatorSet validators, Instant time) {
    var index = validators.indexOf(pair.validator());
    if (index.isEmpty()) {
      throw new IllegalArgumentException(pair.validator() + " is no validator of its height");
    }
    return new DuplicateVoteEvidence(
        pair, index.get(), validators.totalPower(), validators.powerOf(pair.validator()), time);
  }

  /** The evidence that exactly these bytes encode; empty if they are no canonical encoding. */
  public static Optional<DuplicateVoteEvidence> decode(Bytes encoded) {
    return EvidenceCodec.decode(encoded);
  }

  /** CometBFT's encoding of the concrete message: what {@code evidence_hash} is computed over. */
  public Bytes encode() {
    return EvidenceCodec.encode(this);
  }

  /** What it is known by. */
  public Offence offence() {
    return pair.offence();
  }

  /** Who made both votes. */
  public ValidatorId validator() {
    return pair.validator();
  }

  /** Of the votes. */
  public Height height() {
    return pair.height();
  }
}
