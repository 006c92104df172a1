package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one type in one round, tallied by exactly what was signed, and perhaps a certificate
 * of the same.
 *
 * <p>Of each validator the first vote counts. A certificate counts as a whole beside the votes: of
 * validators that say different things to different peers, it may hold the votes that are not the
 * first ones here.
 */
final class Tally {
  private final ValidatorSet validators;
  private final Map<ValidatorId, SignedVote> first = new LinkedHashMap<>();
  private final Map<Ballot, Long> power = new LinkedHashMap<>();
  private final Set<ValidatorId> accused = new HashSet<>();
  private long heard;
  private @Nullable Certificate certificate;

  Tally(ValidatorSet validators) {
    this.validators = validators;
  }

  /** What a vote says apart from who says it: equal ballots of a round have equal sign bytes. */
  record Ballot(BlockId blockId, Instant timestamp) {
    static Ballot of(Vote vote) {
      return new Ballot(vote.blockId(), vote.timestamp());
    }

    static Ballot of(Certificate certificate) {
      return new Ballot(certificate.blockId(), certificate.timestamp());
    }

    boolean isNil() {
      return blockId.isNone();
    }
  }

  /** What became of a vote. */
  sealed interface Entry {
    /** It counts. */
    record Counted() implements Entry {}

    /** The validator's vote is here already. */
    record Known() implements Entry {}

    /** The validator said something else first; told once a validator. */
    record Conflict(SignedVote first) implements Entry {}

    /** There is no room for it, or it is a stranger's. */
    record Dropped() implements Entry {}
  }

  /** A member's vote of this type and round. */
  Entry add(SignedVote signed) {
    var vote = signed.vote();
    var earlier = first.putIfAbsent(vote.validator(), signed);
    if (earlier != null) {
      return compare(earlier, signed);
    }
    long its = validators.powerOf(vote.validator());
    power.merge(Ballot.of(vote), its, Long::sum);
    if (!isSigner(vote.validator())) {
      heard += its;
    }
    return new Entry.Counted();
  }

  private Entry compare(SignedVote earlier, SignedVote signed) {
    boolean sameBlock = earlier.vote().blockId().equals(signed.vote().blockId());
    if (sameBlock || !accused.add(signed.validator())) {
      return new Entry.Known();
    }
    return new Entry.Conflict(earlier);
  }

  /** Takes a certificate of this type and round as a whole; says who contradicts himself. */
  List<Entry.Conflict> add(Certificate whole) {
    if (certificate == null) {
      certificate = whole;
      for (var signer : whole.signers()) {
        if (!first.containsKey(signer.validator())) {
          heard += validators.powerOf(signer.validator());
        }
      }
    }
    var conflicts = new ArrayList<Entry.Conflict>();
    for (var signed : whole.votes()) {
      var earlier = first.get(signed.validator());
      if (earlier != null && compare(earlier, signed) instanceof Entry.Conflict conflict) {
        conflicts.add(conflict);
      }
    }
    return List.copyOf(conflicts);
  }

  /** Takes a validator's vote out; a certificate stays as it is. */
  void remove(ValidatorId validator) {
    var gone = first.remove(validator);
    if (gone != null) {
      long its = validators.powerOf(validator);
      power.merge(Ballot.of(gone.vote()), -its, Long::sum);
      power.values().removeIf(left -> left == 0);
      heard -= isSigner(validator) ? 0 : its;
    }
  }

  boolean isEmpty() {
    return first.isEmpty() && certificate == null;
  }

  /** The block that a quorum voted for, if it did. */
  Optional<Ballot> quorum() {
    if (certificate != null) {
      return Optional.of(Ballot.of(certificate));
    }
    for (var entry : power.entrySet()) {
      if (!entry.getKey().isNil() && validators.isQuorum(entry.getValue())) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  boolean isQuorumFor(BlockId id) {
    return quorum().filter(it -> it.blockId().equals(id)).isPresent();
  }

  /** Whether a quorum has voted, for whatever. */
  boolean isAnyQuorum() {
    return validators.isQuorum(heard);
  }

  /**
   * Whether some block has, or can still get, a quorum of first votes. None can where nil has one,
   * and often earlier.
   */
  boolean canReachQuorum() {
    long missing = validators.totalPower() - heard;
    return quorum().isPresent()
        || validators.isQuorum(missing)
        || power.entrySet().stream()
            .anyMatch(it -> !it.getKey().isNil() && validators.isQuorum(it.getValue() + missing));
  }

  /** Those whose vote is here, as a first one or in a certificate. */
  Set<ValidatorId> voters() {
    var voters = new HashSet<>(first.keySet());
    if (certificate != null) {
      certificate.signers().forEach(it -> voters.add(it.validator()));
    }
    return voters;
  }

  Optional<SignedVote> voteOf(ValidatorId validator) {
    return Optional.ofNullable(first.get(validator));
  }

  /** One vote of each voter, in set order: the first ones, then those in the certificate. */
  List<SignedVote> votes() {
    var votes = new LinkedHashMap<>(first);
    if (certificate != null) {
      certificate.votes().forEach(it -> votes.putIfAbsent(it.validator(), it));
    }
    return validators.members().stream()
        .filter(member -> votes.containsKey(member.id()))
        .map(member -> votes.get(member.id()))
        .toList();
  }

  /** The fullest certificate for the block that a quorum voted for; signers in set order. */
  Optional<Certificate> certificate() {
    return quorum().map(this::certificateFor);
  }

  private Certificate certificateFor(Ballot ballot) {
    var signed = new LinkedHashMap<ValidatorId, SignedVote>();
    first.values().stream()
        .filter(it -> Ballot.of(it.vote()).equals(ballot))
        .forEach(it -> signed.put(it.validator(), it));
    if (certificate != null) {
      certificate.votes().forEach(it -> signed.putIfAbsent(it.validator(), it));
    }
    var signers = new ArrayList<Certificate.Signer>();
    for (var member : validators.members()) {
      var vote = signed.get(member.id());
      if (vote != null) {
        signers.add(new Certificate.Signer(member.id(), vote.signature()));
      }
    }
    var any = signed.values().iterator().next().vote();
    return new Certificate(
        any.type(), any.height(), any.round(), ballot.blockId(), ballot.timestamp(), signers);
  }

  private boolean isSigner(ValidatorId validator) {
    return certificate != null
        && certificate.signers().stream().anyMatch(it -> it.validator().equals(validator));
  }
}
