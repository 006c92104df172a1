package dev.quorate.ledger.evidence;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.CometCodec;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.SignatureScheme;
import java.time.Instant;
import java.util.LinkedHashSet;

/**
 * Judges whether evidence proves what it says, for whoever does not trust the node that showed it.
 * Compares and orders on its own: no line here is shared with an engine, so that an error there
 * cannot accuse a correct validator here.
 *
 * <p>Remembers what it has proven, so that a block costs no signature of evidence that was known
 * before. The result does not depend on that. Safe for use by several threads.
 */
public final class EvidenceVerifier {
  /** How many pieces are remembered; the oldest is forgotten. */
  static final int MAX_REMEMBERED = 2 * EvidenceLimits.MAX_PENDING;

  private final String chainId;
  private final ValidatorSet validators;
  private final SignatureScheme scheme;
  private final LinkedHashSet<Hash> proven = new LinkedHashSet<>();

  /**
   * A verifier for one network.
   *
   * @param validators the set of every height
   */
  public EvidenceVerifier(String chainId, ValidatorSet validators, SignatureScheme scheme) {
    this.chainId = chainId;
    this.validators = validators;
    this.scheme = scheme;
  }

  /** What evidence is worth. */
  public sealed interface Result {
    /** The validator signed both votes. */
    record Proven() implements Result {}

    /** It proves nothing, with the first reason found. */
    record Refused(String reason) implements Result {}
  }

  /**
   * Judges evidence.
   *
   * @param headerTime of the block at the height of the votes
   */
  public Result verify(DuplicateVoteEvidence evidence, Instant headerTime) {
    var first = evidence.pair().first();
    var second = evidence.pair().second();
    var fault = fault(evidence, headerTime);
    if (fault.isEmpty()) {
      fault = conflictFault(first.vote(), second.vote());
    }
    if (!fault.isEmpty()) {
      return new Result.Refused(fault);
    }
    var encoded = evidence.encode();
    if (!DuplicateVoteEvidence.decode(encoded).filter(evidence::equals).isPresent()) {
      return new Result.Refused("it has no canonical encoding");
    }
    var known = Hash.sha256(encoded);
    if (isRemembered(known)) {
      return new Result.Proven();
    }
    for (var vote : new SignedVote[] {first, second}) {
      if (!isSigned(vote)) {
        return new Result.Refused(
            "the signature for " + vote.vote().blockId().abbreviated() + " is not valid");
      }
    }
    remember(known);
    return new Result.Proven();
  }

  /** What is wrong about the set and the time; empty if nothing is. */
  private String fault(DuplicateVoteEvidence evidence, Instant headerTime) {
    var claimed = evidence.pair().first().vote().validator();
    if (evidence.index() >= validators.members().size()) {
      return "there is no validator of index " + evidence.index();
    }
    var validator = validators.members().get(evidence.index());
    if (!validator.id().equals(claimed) || !ValidatorId.of(validator.key()).equals(claimed)) {
      return "index " + evidence.index() + " is " + validator.id() + "'s, not " + claimed + "'s";
    }
    if (evidence.power() != validator.power()) {
      return "its power is " + validator.power() + ", not " + evidence.power();
    }
    if (evidence.totalPower() != validators.totalPower()) {
      return "the total power is " + validators.totalPower() + ", not " + evidence.totalPower();
    }
    if (!evidence.time().equals(headerTime)) {
      return "the block of its height is of " + headerTime + ", not " + evidence.time();
    }
    return "";
  }

  private static String conflictFault(Vote one, Vote other) {
    if (!one.validator().equals(other.validator())) {
      return "the votes are of two validators";
    }
    if (one.type() != other.type()
        || one.height().value() != other.height().value()
        || one.round().value() != other.round().value()) {
      return "the votes are of two slots";
    }
    int order = CometCodec.key(one.blockId()).compareTo(CometCodec.key(other.blockId()));
    if (order == 0) {
      return "the votes are for one block";
    }
    return order > 0 ? "the votes are in the wrong order" : "";
  }

  private boolean isSigned(SignedVote signed) {
    var vote = signed.vote();
    var signBytes =
        CanonicalBytes.vote(
            vote.type().code(),
            vote.height(),
            vote.round(),
            vote.blockId(),
            vote.timestamp(),
            chainId);
    return validators
        .find(vote.validator())
        .filter(it -> scheme.verify(it.key(), signBytes, signed.signature()))
        .isPresent();
  }

  private synchronized boolean isRemembered(Hash known) {
    return proven.contains(known);
  }

  private synchronized void remember(Hash known) {
    proven.add(known);
    if (proven.size() > MAX_REMEMBERED) {
      proven.removeFirst();
    }
  }
}
