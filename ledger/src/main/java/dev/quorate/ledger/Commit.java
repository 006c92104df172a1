package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * CometBFT's commit: who voted for a block in one round (PBFT: one view), a place for each
 * validator of the set in set order.
 *
 * <p>Holding one proves nothing: {@link CommitVerifier} judges. Commits of one block may differ
 * from node to node in signers and round.
 *
 * @param signatures at most {@link #MAX_SIGNATURES}
 */
public record Commit(Height height, Round round, BlockId blockId, List<CommitSig> signatures) {
  /** The most places in a commit, and so the most validators of a set. */
  public static final int MAX_SIGNATURES = 10_000;

  private static final long MOST_HEAD_BYTES = 128;
  private static final long MOST_PLACE_BYTES = 112;

  /** What a block carries that has no commit of its parent to carry. */
  public static final Commit EMPTY = new Commit(new Height(0), Round.ZERO, BlockId.NONE, List.of());

  public Commit {
    signatures = List.copyOf(signatures);
    if (signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a commit with " + signatures.size() + " signatures");
    }
  }

  /** An upper bound of the bytes of a commit that all validators of a set have signed. */
  static long mostBytes(int validators) {
    return MOST_HEAD_BYTES + MOST_PLACE_BYTES * validators;
  }

  /** A commit certificate in the form that is stored; refuses another type, and strangers. */
  public static Commit of(Certificate certificate, ValidatorSet validators) {
    if (certificate.type() != VoteType.COMMIT) {
      throw new IllegalArgumentException("a commit is not made of " + certificate.type());
    }
    var signatures = new HashMap<ValidatorId, Signature>();
    for (var signer : certificate.signers()) {
      if (!validators.contains(signer.validator())) {
        throw new IllegalArgumentException(signer.validator() + " is no member of the set");
      }
      signatures.put(signer.validator(), signer.signature());
    }
    var places = new ArrayList<CommitSig>(validators.size());
    for (var validator : validators.members()) {
      var signature = signatures.get(validator.id());
      places.add(
          signature == null
              ? CommitSig.ABSENT
              : CommitSig.commit(validator.id(), certificate.timestamp(), signature));
    }
    return new Commit(certificate.height(), certificate.round(), certificate.blockId(), places);
  }

  /** The commit that exactly these bytes encode; empty if they are not a canonical encoding. */
  public static Optional<Commit> decode(Bytes encoded) {
    return CommitCodec.decode(encoded);
  }

  /**
   * The votes for the block as an engine wants them.
   *
   * @param time the time of the block's header, which all of the votes carry
   */
  public Certificate toCertificate(Instant time) {
    var signers = new ArrayList<Certificate.Signer>();
    for (var place : signatures) {
      if (place.flag() == CommitSig.Flag.COMMIT) {
        signers.add(
            new Certificate.Signer(
                place.validator().orElseThrow(), place.signature().orElseThrow()));
      }
    }
    return new Certificate(VoteType.COMMIT, height, round, blockId, time, signers);
  }

  /** CometBFT's encoding. */
  public Bytes encode() {
    return CommitCodec.encode(this);
  }

  /** The root of the tree over the encoded signatures: a header's {@code last_commit_hash}. */
  public Hash hash() {
    return CommitCodec.hash(this);
  }
}
