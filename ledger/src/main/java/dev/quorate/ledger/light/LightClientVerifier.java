package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.HeaderHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

/**
 * CometBFT's light client: from a trusted block to a later one, next to it or far away.
 *
 * <p>A neighbour is vouched for by the trusted header, which names its validators. A block further
 * on needs more than the trust level of the validators that are trusted to have signed it. Either
 * way more than two thirds of its own validators must have. Stricter than CometBFT in that every
 * signature is looked at, also when those before it suffice.
 */
public final class LightClientVerifier {
  private final Rules rules;
  private final SignatureScheme scheme;

  public LightClientVerifier(Rules rules, SignatureScheme scheme) {
    this.rules = rules;
    this.scheme = scheme;
  }

  /**
   * What a light client's owner decides.
   *
   * @param trustLevel the share of trusted power that must have signed a block far away: at least a
   *     third, so that one correct validator is among it
   * @param trustingPeriod how long after its time a trusted block is worth anything: shorter than
   *     validators can be held to account
   * @param drift how far the clocks of validators may be ahead of ours
   */
  public record Rules(Fraction trustLevel, Duration trustingPeriod, Duration drift) {
    /** A third, and clocks that are at most ten seconds ahead. */
    public static Rules trustingFor(Duration period) {
      return new Rules(Fraction.ONE_THIRD, period, Duration.ofSeconds(10));
    }
  }

  /** A share of power, from a third to the whole. */
  public record Fraction(long numerator, long denominator) {
    public static final Fraction ONE_THIRD = new Fraction(1, 3);
    public static final Fraction TWO_THIRDS = new Fraction(2, 3);

    public Fraction {
      if (denominator < 1 || denominator > 1_000_000 || numerator > denominator) {
        throw new IllegalArgumentException(numerator + "/" + denominator + " is no share");
      }
      if (3 * numerator < denominator) {
        throw new IllegalArgumentException(numerator + "/" + denominator + " is below a third");
      }
    }

    @Override
    public String toString() {
      return numerator + "/" + denominator;
    }
  }

  /** Judges a block on the strength of a trusted one, at a time. */
  public LightVerdict verify(TrustedBlock trusted, LightBlock block, Instant now) {
    var fault = basicFault(trusted, block, now);
    if (fault.isPresent()) {
      return new LightVerdict.Invalid(fault.get());
    }
    var votes = new CommitTally(block, scheme);
    if (isNeighbour(trusted, block)) {
      if (!block.header().validatorsHash().equals(trusted.header().nextValidatorsHash())) {
        return new LightVerdict.Invalid("the trusted header names other validators for it");
      }
    } else {
      var trust = votes.among(trusted.nextValidators());
      if (trust.fault().isPresent()) {
        return new LightVerdict.Invalid(trust.fault().get());
      }
      if (!trust.exceeds(rules.trustLevel())) {
        return new LightVerdict.NotEnoughTrust(
            trust
                + " of the trusted validators signed, which is not more than "
                + rules.trustLevel());
      }
    }
    var own = votes.inOrderOf(block.validators());
    if (own.fault().isPresent()) {
      return new LightVerdict.Invalid(own.fault().get());
    }
    return own.exceeds(Fraction.TWO_THIRDS)
        ? new LightVerdict.Verified()
        : new LightVerdict.Invalid(own + " of its validators signed, which is not more than 2/3");
  }

  private Optional<String> basicFault(TrustedBlock trusted, LightBlock block, Instant now) {
    var header = block.header();
    var commit = block.commit();
    if (!header.chainId().equals(trusted.header().chainId())) {
      return Optional.of("it is of chain " + header.chainId());
    }
    if (!commit.height().equals(header.height())) {
      return Optional.of("its commit is for height " + commit.height());
    }
    if (!commit.blockId().hash().equals(header.hash())) {
      return Optional.of("its commit is for another header");
    }
    if (!header.height().isAbove(trusted.header().height())) {
      return Optional.of("height " + header.height() + " is not above the trusted one");
    }
    if (!header.time().isAfter(trusted.header().time())) {
      return Optional.of("its time is not after the trusted one's");
    }
    if (!header.time().isBefore(now.plus(rules.drift()))) {
      return Optional.of("it is from the future");
    }
    if (!header.validatorsHash().equals(HeaderHashes.validators(block.validators()))) {
      return Optional.of("its header names another set of validators");
    }
    if (!header.nextValidatorsHash().equals(HeaderHashes.validators(block.nextValidators()))) {
      return Optional.of("its header names another next set of validators");
    }
    if (!trusted.header().time().plus(rules.trustingPeriod()).isAfter(now)) {
      return Optional.of("the trusted block is too old to be trusted");
    }
    return repeatedSigner(block);
  }

  /** Two votes of one address are an error wherever they are counted. */
  private static Optional<String> repeatedSigner(LightBlock block) {
    var seen = new HashSet<ValidatorId>();
    return block.commit().signatures().stream()
        .flatMap(place -> place.validator().stream())
        .filter(it -> !seen.add(it))
        .findFirst()
        .map(it -> "validator " + it + " stands in its commit twice");
  }

  private static boolean isNeighbour(TrustedBlock trusted, LightBlock block) {
    return block.header().height().equals(trusted.header().height().next());
  }
}
