package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.Tally.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The votes of the current height, round by round.
 *
 * <p>It is bounded, whatever peers send. Of rounds that are over, the last {@link #OLD_ROUNDS_KEPT}
 * are kept and those that are named as needed: what is older can still come as a certificate. Of
 * rounds to come, each validator has the next one and one more, the highest it was heard of in.
 */
final class VoteBook {
  /** Rounds below the current one whose votes are kept. */
  static final int OLD_ROUNDS_KEPT = 32;

  private final ValidatorSet validators;
  private final NavigableMap<Round, RoundVotes> rounds = new TreeMap<>();

  /** The one round beyond the next that a validator has votes in. */
  private final Map<ValidatorId, Round> farthest = new HashMap<>();

  private final RoundVotes none;
  private Round current = Round.ZERO;

  VoteBook(ValidatorSet validators) {
    this.validators = validators;
    this.none = RoundVotes.none(validators);
  }

  /** Both tallies of one round. */
  record RoundVotes(Tally prevotes, Tally precommits) {
    private static RoundVotes none(ValidatorSet validators) {
      return new RoundVotes(new Tally(validators), new Tally(validators));
    }

    Tally of(VoteType type) {
      return switch (type) {
        case PREPARE -> prevotes;
        case COMMIT -> precommits;
      };
    }

    /** Who is in this round, by a vote of either type: each validator once (L55). */
    Set<ValidatorId> voters() {
      var voters = new HashSet<>(prevotes.voters());
      voters.addAll(precommits.voters());
      return voters;
    }

    /** One vote of each of them. */
    List<SignedVote> oneVoteOfEach() {
      var votes = new ArrayList<>(prevotes.votes());
      var voters = prevotes.voters();
      precommits.votes().stream()
          .filter(it -> !voters.contains(it.validator()))
          .forEach(votes::add);
      return List.copyOf(votes);
    }

    private boolean isEmpty() {
      return prevotes.isEmpty() && precommits.isEmpty();
    }
  }

  Entry add(SignedVote signed) {
    var voter = signed.validator();
    var round = signed.vote().round();
    if (!validators.contains(voter) || isForgotten(round) || !hasRoom(voter, round)) {
      return new Entry.Dropped();
    }
    return open(round).of(signed.vote().type()).add(signed);
  }

  /** A certificate with a quorum, so there cannot be many: it is kept whatever its round. */
  List<Entry.Conflict> add(Certificate certificate) {
    return open(certificate.round()).of(certificate.type()).add(certificate);
  }

  /** The votes of a round, none if nothing is known of it. */
  RoundVotes at(Round round) {
    var votes = rounds.get(round);
    return votes == null ? none : votes;
  }

  /** The commit certificate of any round. */
  Optional<Certificate> commit() {
    return rounds.values().stream()
        .flatMap(it -> it.precommits().certificate().stream())
        .findFirst();
  }

  /** The polkas of rounds before the current one and above that one, the latest first. */
  List<Certificate> pastPolkas(Optional<Round> above) {
    var past = rounds.headMap(current, false);
    var wanted = above.map(it -> past.tailMap(it, false)).orElse(past);
    return wanted.descendingMap().values().stream()
        .flatMap(it -> it.prevotes().certificate().stream())
        .toList();
  }

  /** The highest round above the current one in which a weak quorum is. */
  Optional<Round> weakQuorumAhead() {
    for (var entry : rounds.tailMap(current, false).descendingMap().entrySet()) {
      if (validators.isWeakQuorum(entry.getValue().voters())) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** All rounds of which something is known, ascending. */
  List<Round> rounds() {
    return List.copyOf(rounds.keySet());
  }

  /** Moves on to a round; those of the old ones that are needed are kept whatever their age. */
  void enter(Round round, Set<Round> needed) {
    current = round;
    farthest.values().removeIf(it -> !isFar(it));
    var old = List.copyOf(rounds.headMap(round, false).keySet());
    for (var it : old.subList(0, Math.max(0, old.size() - OLD_ROUNDS_KEPT))) {
      if (!needed.contains(it)) {
        rounds.remove(it);
      }
    }
  }

  private RoundVotes open(Round round) {
    var opened = rounds.computeIfAbsent(round, it -> RoundVotes.none(validators));
    var old = rounds.headMap(current, false);
    if (old.size() > 2 * OLD_ROUNDS_KEPT) {
      // Only certificates of rounds long gone bring it here.
      old.keySet().stream().filter(it -> !it.equals(round)).findFirst().ifPresent(rounds::remove);
    }
    return opened;
  }

  private boolean isForgotten(Round round) {
    return round.value() < current.value() - OLD_ROUNDS_KEPT && !rounds.containsKey(round);
  }

  private boolean hasRoom(ValidatorId voter, Round round) {
    if (!isFar(round)) {
      return true;
    }
    var before = farthest.get(voter);
    if (before != null && before.compareTo(round) > 0) {
      return false;
    }
    if (before != null && before.compareTo(round) < 0) {
      leave(voter, before);
    }
    farthest.put(voter, round);
    return true;
  }

  private void leave(ValidatorId voter, Round round) {
    var votes = at(round);
    votes.prevotes().remove(voter);
    votes.precommits().remove(voter);
    if (votes.isEmpty()) {
      rounds.remove(round);
    }
  }

  private boolean isFar(Round round) {
    return (long) round.value() > current.value() + 1L;
  }
}
