package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.util.Optional;

/**
 * Two signed votes of one validator that no correct validator makes: of one type, height and round,
 * for different blocks, of which one may be nil.
 *
 * <p>The first is the one with the lower block id by {@link CometCodec#key}, so a pair is the same
 * value whichever vote was seen first. Whether the signatures are valid is not known here.
 */
public record DuplicateVote(SignedVote first, SignedVote second) {
  /** Refuses votes that do not conflict, and the wrong order. */
  public DuplicateVote {
    if (!conflict(first.vote(), second.vote())) {
      throw new IllegalArgumentException("no conflict: " + first.vote() + ", " + second.vote());
    }
    if (!isBefore(first.vote(), second.vote())) {
      throw new IllegalArgumentException("block ids are not in order");
    }
  }

  /** The pair of two votes in its order; empty if they do not conflict. */
  public static Optional<DuplicateVote> of(SignedVote one, SignedVote other) {
    if (!conflict(one.vote(), other.vote())) {
      return Optional.empty();
    }
    return Optional.of(
        isBefore(one.vote(), other.vote())
            ? new DuplicateVote(one, other)
            : new DuplicateVote(other, one));
  }

  /** Whether no correct validator makes both votes. */
  public static boolean conflict(Vote one, Vote other) {
    return one.validator().equals(other.validator())
        && one.type() == other.type()
        && one.height().equals(other.height())
        && one.round().equals(other.round())
        && !one.blockId().equals(other.blockId());
  }

  /** Who made both. */
  public ValidatorId validator() {
    return first.validator();
  }

  public Height height() {
    return first.vote().height();
  }

  /** What both votes are together. */
  public Offence offence() {
    var vote = first.vote();
    return new Offence(vote.validator(), vote.type(), vote.height(), vote.round());
  }

  private static boolean isBefore(Vote one, Vote other) {
    return CometCodec.key(one.blockId()).compareTo(CometCodec.key(other.blockId())) < 0;
  }
}
