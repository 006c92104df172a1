package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.CommitSig;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Adds up whose votes a light block's commit holds, and checks their signatures on the way. */
final class CommitTally {
  private final LightBlock block;
  private final SignatureScheme scheme;

  CommitTally(LightBlock block, SignatureScheme scheme) {
    this.block = block;
    this.scheme = scheme;
  }

  /**
   * Power that voted for the block, out of all power.
   *
   * @param fault why nothing was counted
   */
  record Power(BigInteger signed, BigInteger total, Optional<String> fault) {
    /** More than {@code floor(total * share)}. */
    boolean exceeds(LightClientVerifier.Fraction share) {
      var needed =
          total
              .multiply(BigInteger.valueOf(share.numerator()))
              .divide(BigInteger.valueOf(share.denominator()));
      return signed.compareTo(needed) > 0;
    }

    @Override
    public String toString() {
      return signed + " of " + total;
    }
  }

  /** Of trusted validators, found by address; the votes of others say nothing here. */
  Power among(List<Validator> trusted) {
    var members = new HashMap<ValidatorId, Validator>();
    var total = BigInteger.ZERO;
    for (var member : trusted) {
      members.put(member.id(), member);
      total = total.add(BigInteger.valueOf(member.power()));
    }
    var signed = BigInteger.ZERO;
    for (var place : block.commit().signatures()) {
      var member = place.validator().map(members::get).orElse(null);
      if (member == null || place.flag() != CommitSig.Flag.COMMIT) {
        continue;
      }
      if (!isSignedBy(member, place)) {
        return faulty("the signature of trusted validator " + member.id() + " is not valid");
      }
      signed = signed.add(BigInteger.valueOf(member.power()));
    }
    return new Power(signed, total, Optional.empty());
  }

  /** Of the block's own validators, each in its place. */
  Power inOrderOf(List<Validator> members) {
    var places = block.commit().signatures();
    if (places.size() != members.size()) {
      return faulty(places.size() + " places for " + members.size() + " validators");
    }
    var signed = BigInteger.ZERO;
    var total = BigInteger.ZERO;
    for (int i = 0; i < places.size(); i++) {
      var place = places.get(i);
      var member = members.get(i);
      total = total.add(BigInteger.valueOf(member.power()));
      if (place.flag() == CommitSig.Flag.ABSENT) {
        continue;
      }
      if (!place.validator().equals(Optional.of(member.id()))) {
        return faulty("place " + i + " of its commit is not for validator " + member.id());
      }
      if (!isSignedBy(member, place)) {
        return faulty("the signature of validator " + member.id() + " is not valid");
      }
      if (place.flag() == CommitSig.Flag.COMMIT) {
        signed = signed.add(BigInteger.valueOf(member.power()));
      }
    }
    return new Power(signed, total, Optional.empty());
  }

  private boolean isSignedBy(Validator validator, CommitSig place) {
    var commit = block.commit();
    var votedFor = place.flag() == CommitSig.Flag.NIL ? BlockId.NONE : commit.blockId();
    var signBytes =
        CanonicalBytes.vote(
            VoteType.COMMIT.code(),
            commit.height(),
            commit.round(),
            votedFor,
            place.timestamp(),
            block.header().chainId());
    return scheme.verify(validator.key(), signBytes, place.signature().orElseThrow());
  }

  private static Power faulty(String fault) {
    return new Power(BigInteger.ZERO, BigInteger.ZERO, Optional.of(fault));
  }
}
