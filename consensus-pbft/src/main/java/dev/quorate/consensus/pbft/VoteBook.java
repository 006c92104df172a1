package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The votes of one type at one height, of all views, tallied by exactly what was signed.
 *
 * <p>A validator counts once for each view, with the first vote that arrived; of each validator the
 * votes of at most {@link #VIEWS_KEPT} views are kept, the lowest one leaving first, so that nobody
 * can fill the book with votes of his own.
 */
final class VoteBook {
  /** Views whose votes of one validator are kept at the same time. */
  static final int VIEWS_KEPT = 4;

  private final VoteType type;
  private final Height height;
  private final ValidatorSet validators;
  private final Map<ValidatorId, List<SignedVote>> byValidator = new HashMap<>();
  private final Map<Ballot, Tally> tallies = new LinkedHashMap<>();

  VoteBook(VoteType type, Height height, ValidatorSet validators) {
    this.type = type;
    this.height = height;
    this.validators = validators;
  }

  /** What a vote says apart from who says it: equal ballots have equal sign bytes. */
  record Ballot(Round round, BlockId blockId, Instant timestamp) {}

  /** What became of a vote. */
  sealed interface Entry {
    /** It counts; {@code quorum} when it completed a quorum for its ballot. */
    record Counted(boolean quorum) implements Entry {}

    /** The validator's vote of that view is in the book already. */
    record Known() implements Entry {}

    /** The validator said something else in that view. */
    record Conflict(SignedVote first) implements Entry {}

    /** The validator is no member, or its newer votes fill its share of the book. */
    record Dropped() implements Entry {}
  }

  private static final class Tally {
    final Map<ValidatorId, SignedVote> votes = new LinkedHashMap<>();
    long power;
  }

  Entry add(SignedVote signed) {
    var vote = signed.vote();
    var voter = vote.validator();
    if (!validators.contains(voter)) {
      return new Entry.Dropped();
    }
    var own = byValidator.computeIfAbsent(voter, v -> new ArrayList<>(2));
    for (var earlier : own) {
      if (earlier.vote().round().equals(vote.round())) {
        return ballotOf(earlier).equals(ballotOf(signed))
            ? new Entry.Known()
            : new Entry.Conflict(earlier);
      }
    }
    if (own.size() == VIEWS_KEPT && !makeRoom(own, vote.round())) {
      return new Entry.Dropped();
    }
    own.add(signed);
    var tally = tallies.computeIfAbsent(ballotOf(signed), b -> new Tally());
    boolean before = validators.isQuorum(tally.power);
    tally.votes.put(voter, signed);
    tally.power += validators.powerOf(voter);
    return new Entry.Counted(!before && validators.isQuorum(tally.power));
  }

  /** The ballots of a view that have a quorum: one, unless more than F validators lie. */
  Optional<Ballot> quorumIn(Round round) {
    for (var entry : tallies.entrySet()) {
      if (entry.getKey().round().equals(round) && validators.isQuorum(entry.getValue().power)) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** The ballot with a quorum whose view is the highest. */
  Optional<Ballot> highestQuorum() {
    Optional<Ballot> highest = Optional.empty();
    for (var entry : tallies.entrySet()) {
      var ballot = entry.getKey();
      if (validators.isQuorum(entry.getValue().power)
          && (highest.isEmpty() || ballot.round().compareTo(highest.get().round()) > 0)) {
        highest = Optional.of(ballot);
      }
    }
    return highest;
  }

  /** A ballot of any view that has a quorum. */
  Optional<Ballot> quorum() {
    for (var entry : tallies.entrySet()) {
      if (validators.isQuorum(entry.getValue().power)) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** The certificate that the votes for a ballot make, its signers in set order. */
  Certificate certificate(Ballot ballot) {
    var signers = new ArrayList<Certificate.Signer>();
    var tally = tallies.get(ballot);
    if (tally == null || !validators.isQuorum(tally.power)) {
      throw new IllegalStateException("no quorum for " + ballot + " at height " + height);
    }
    for (var member : validators.members()) {
      var vote = tally.votes.get(member.id());
      if (vote != null) {
        signers.add(new Certificate.Signer(member.id(), vote.signature()));
      }
    }
    return new Certificate(
        type, height, ballot.round(), ballot.blockId(), ballot.timestamp(), signers);
  }

  /** The vote of a validator in a view. */
  Optional<SignedVote> voteOf(ValidatorId validator, Round round) {
    return byValidator.getOrDefault(validator, List.of()).stream()
        .filter(signed -> signed.vote().round().equals(round))
        .findFirst();
  }

  /** The votes of a validator that are kept, at most {@link #VIEWS_KEPT}. */
  List<SignedVote> votesOf(ValidatorId validator) {
    return List.copyOf(byValidator.getOrDefault(validator, List.of()));
  }

  /** Who voted in a view, by place in the validator set; everybody once there is a quorum. */
  BitSet votersIn(Round round) {
    var voters = new BitSet(validators.size());
    if (quorumIn(round).isPresent()) {
      voters.set(0, validators.size());
      return voters;
    }
    var members = validators.members();
    for (int i = 0; i < members.size(); i++) {
      if (voteOf(members.get(i).id(), round).isPresent()) {
        voters.set(i);
      }
    }
    return voters;
  }

  private boolean makeRoom(List<SignedVote> own, Round wanted) {
    var lowest = own.getFirst();
    for (var signed : own) {
      if (signed.vote().round().compareTo(lowest.vote().round()) < 0) {
        lowest = signed;
      }
    }
    if (lowest.vote().round().compareTo(wanted) > 0) {
      return false;
    }
    own.remove(lowest);
    var ballot = ballotOf(lowest);
    var tally = tallies.get(ballot);
    if (tally != null && tally.votes.remove(lowest.validator()) != null) {
      tally.power -= validators.powerOf(lowest.validator());
      if (tally.votes.isEmpty()) {
        tallies.remove(ballot);
      }
    }
    return true;
  }

  private static Ballot ballotOf(SignedVote signed) {
    var vote = signed.vote();
    return new Ballot(vote.round(), vote.blockId(), vote.timestamp());
  }
}
