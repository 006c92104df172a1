package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.SignatureScheme;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Judges whether a commit proves that a block is final, for whoever does not trust the node that
 * showed it. Counts, orders and compares on its own: no line here is shared with an engine, so that
 * an error there cannot hide here.
 *
 * <p>Stricter than CometBFT: every signature is looked at, also beyond two thirds, and all of them
 * are over the same bytes, because a vote for a block carries the block's time.
 */
public final class CommitVerifier {
  private CommitVerifier() {}

  /** What a commit is worth. */
  public sealed interface Result {
    /** More than two thirds of the power signed this block. */
    record Proven() implements Result {}

    /** It proves nothing, with the first reason found. */
    record Refused(String reason) implements Result {}
  }

  /** Judges the commit of a block against the set of validators that signs its height. */
  public static Result verify(
      Commit commit,
      BlockId block,
      Header header,
      ValidatorSet validators,
      String chainId,
      SignatureScheme scheme) {
    if (!header.chainId().equals(chainId)) {
      return refused("the header is of chain " + header.chainId() + ", not " + chainId);
    }
    if (!header.hash().equals(block.hash())) {
      return refused("the header's hash is " + header.hash() + ", not " + block.hash());
    }
    if (!header.validatorsHash().equals(HeaderHashes.validators(validators))) {
      return refused("the header names another set of validators");
    }
    if (!commit.height().equals(header.height())) {
      return refused("the commit is for height " + commit.height() + ", not " + header.height());
    }
    if (!commit.blockId().equals(block)) {
      return refused("the commit is for block " + commit.blockId() + ", not " + block);
    }
    return count(commit, header.time(), validators, chainId, scheme);
  }

  /**
   * Judges the commit of a block of which only the place in the chain is known: by whoever knows
   * that the block is the one that stands there.
   */
  static Result verify(
      Commit commit,
      ChainState block,
      ValidatorSet validators,
      String chainId,
      SignatureScheme scheme) {
    if (!commit.height().equals(block.height())) {
      return refused("the commit is for height " + commit.height() + ", not " + block.height());
    }
    if (!commit.blockId().equals(block.id())) {
      return refused("the commit is for block " + commit.blockId() + ", not " + block.id());
    }
    return count(commit, block.time(), validators, chainId, scheme);
  }

  private static Result count(
      Commit commit,
      Instant time,
      ValidatorSet validators,
      String chainId,
      SignatureScheme scheme) {
    var places = commit.signatures();
    if (places.size() != validators.members().size()) {
      return refused(places.size() + " places for " + validators.members().size() + " validators");
    }
    var signBytes =
        CanonicalBytes.vote(
            VoteType.COMMIT.code(),
            commit.height(),
            commit.round(),
            commit.blockId(),
            time,
            chainId);
    Set<ValidatorId> signers = new HashSet<>();
    var signed = BigInteger.ZERO;
    var total = BigInteger.ZERO;
    for (int i = 0; i < places.size(); i++) {
      var place = places.get(i);
      var validator = validators.members().get(i);
      total = total.add(BigInteger.valueOf(validator.power()));
      if (place.flag() == CommitSig.Flag.ABSENT) {
        continue;
      }
      if (place.flag() == CommitSig.Flag.NIL) {
        return refused("place " + i + " is a vote for no block");
      }
      var misplaced = misplaced(place, i, validator, time);
      if (!misplaced.isEmpty()) {
        return refused(misplaced);
      }
      if (!signers.add(validator.id())) {
        return refused("validator " + validator.id() + " is counted twice");
      }
      if (!scheme.verify(validator.key(), signBytes, place.signature().orElseThrow())) {
        return refused("the signature of " + validator.id() + " at place " + i + " is not valid");
      }
      signed = signed.add(BigInteger.valueOf(validator.power()));
    }
    return signed.multiply(BigInteger.valueOf(3)).compareTo(total.shiftLeft(1)) > 0
        ? new Result.Proven()
        : refused("power " + signed + " of " + total + " is not more than two thirds");
  }

  /** Why a vote may not stand where it stands; empty if it may. */
  private static String misplaced(CommitSig place, int index, Validator expected, Instant time) {
    var claimed = place.validator().orElseThrow();
    if (!claimed.equals(expected.id())) {
      return "place " + index + " is " + expected.id() + "'s, not " + claimed + "'s";
    }
    if (!ValidatorId.of(expected.key()).equals(expected.id())) {
      return "the address of " + expected.id() + " is not that of its key";
    }
    if (!place.timestamp().equals(time)) {
      return "the vote at place "
          + index
          + " tells "
          + place.timestamp()
          + ", not the block's time";
    }
    return "";
  }

  private static Result refused(String reason) {
    return new Result.Refused(reason);
  }
}
