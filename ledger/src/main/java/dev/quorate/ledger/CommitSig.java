package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.Optional;

/**
 * One validator's place in a commit.
 *
 * @param validator empty if and only if the validator is absent
 * @param timestamp of the vote; {@link CanonicalBytes#ZERO_TIME} of an absent validator
 * @param signature empty if and only if the validator is absent
 */
public record CommitSig(
    Flag flag, Optional<ValidatorId> validator, Instant timestamp, Optional<Signature> signature) {

  /** What the validator voted for. */
  public enum Flag {
    /** No vote of it is known. */
    ABSENT(1),
    /** The commit's block. */
    COMMIT(2),
    /** No block. */
    NIL(3);

    private final int code;

    Flag(int code) {
      this.code = code;
    }

    /** The number in encodings. */
    public int code() {
      return code;
    }

    /** The flag with a number; empty for any other number. */
    public static Optional<Flag> ofCode(int code) {
      return switch (code) {
        case 1 -> Optional.of(ABSENT);
        case 2 -> Optional.of(COMMIT);
        case 3 -> Optional.of(NIL);
        default -> Optional.empty();
      };
    }
  }

  /** The place of a validator of which no vote is known. */
  public static final CommitSig ABSENT =
      new CommitSig(Flag.ABSENT, Optional.empty(), CanonicalBytes.ZERO_TIME, Optional.empty());

  /** Refuses an absent validator that says something, and a present one that does not. */
  public CommitSig {
    boolean absent = flag == Flag.ABSENT;
    if (validator.isPresent() == absent || signature.isPresent() == absent) {
      throw new IllegalArgumentException(flag + " with " + validator + " and " + signature);
    }
    if (absent && !timestamp.equals(CanonicalBytes.ZERO_TIME)) {
      throw new IllegalArgumentException("an absent validator voted at " + timestamp);
    }
  }

  /** A vote for the commit's block. */
  public static CommitSig commit(ValidatorId validator, Instant timestamp, Signature signature) {
    return new CommitSig(Flag.COMMIT, Optional.of(validator), timestamp, Optional.of(signature));
  }
}
