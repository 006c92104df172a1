package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** As proposer, proposes blocks that carry a commit of their parent which proves nothing. */
final class BadCommits extends TendermintTrick {
  /** What is wrong with the commit. */
  enum Lie {
    /** Signatures are left out until no quorum is left. */
    LESS_POWER,
    /** One validator's signature stands in the places of all. */
    DUPLICATES,
    /** The own signature is of the next round. */
    MIXED_ROUNDS,
    /** All of it is said of the next round. */
    OTHER_ROUND,
    /** All of it is said of a block that does not exist. */
    OTHER_BLOCK,
    /** Votes for the block are said to be nil. */
    AS_NIL,
    /** Signatures are nonsense. */
    FORGED,
    /** There is one place more than there are validators. */
    ONE_PLACE_MORE,
    /** There is none. */
    NONE
  }

  private final Lie lie;

  BadCommits(Lie lie) {
    super("last commit: " + lie.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.lie = lie;
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it && tongue.isOwn(it) && tongue.chance().happens(0.6)) {
      var block = LedgerBlock.of(it.block());
      if (block.carriesCommit()) {
        var bad = ForgedBlocks.carrying(block, spoilt(block.lastCommit(), tongue));
        tongue.say(to, tongue.proposal(bad, it.round(), it.validRound()));
        return;
      }
    }
    tongue.say(to, message);
  }

  private Commit spoilt(Commit it, Tongue tongue) {
    var next = new Round(Math.min(it.round().value(), Integer.MAX_VALUE - 1) + 1);
    return switch (lie) {
      case LESS_POWER -> with(it, thinned(it.signatures(), tongue));
      case DUPLICATES -> with(it, repeated(it.signatures()));
      case MIXED_ROUNDS -> with(it, withOwn(it, next, tongue));
      case OTHER_ROUND -> new Commit(it.height(), next, it.blockId(), it.signatures());
      case OTHER_BLOCK ->
          new Commit(
              it.height(), it.round(), ForgedBlocks.invented(tongue.chance()), it.signatures());
      case AS_NIL -> with(it, it.signatures().stream().map(BadCommits::asNil).toList());
      case FORGED ->
          with(it, it.signatures().stream().map(place -> forged(place, tongue)).toList());
      case ONE_PLACE_MORE -> {
        var more = new ArrayList<>(it.signatures());
        more.add(CommitSig.ABSENT);
        yield with(it, more);
      }
      case NONE -> Commit.EMPTY;
    };
  }

  private static Commit with(Commit it, List<CommitSig> signatures) {
    return new Commit(it.height(), it.round(), it.blockId(), signatures);
  }

  private static List<CommitSig> thinned(List<CommitSig> places, Tongue tongue) {
    var validators = tongue.means().genesis().validatorSet();
    var left = new ArrayList<>(places);
    for (int i = 0; i < left.size() && validators.isQuorum(signers(left)); i++) {
      left.set(i, CommitSig.ABSENT);
    }
    return left;
  }

  private static List<ValidatorId> signers(List<CommitSig> places) {
    return places.stream()
        .filter(it -> it.flag() == CommitSig.Flag.COMMIT)
        .flatMap(it -> it.validator().stream())
        .toList();
  }

  private static List<CommitSig> repeated(List<CommitSig> places) {
    var one = places.stream().filter(it -> it.validator().isPresent()).findFirst();
    return places.stream().map(it -> one.orElse(it)).toList();
  }

  /** Its own place, filled with a vote of another round for the same block. */
  private static List<CommitSig> withOwn(Commit it, Round round, Tongue tongue) {
    var time = timeOf(it);
    var own =
        tongue.signed(
            new Vote(VoteType.COMMIT, it.height(), round, it.blockId(), time, tongue.self()));
    var places = new ArrayList<>(it.signatures());
    int index = tongue.means().genesis().validatorSet().indexOf(tongue.self()).orElseThrow();
    places.set(index, place(own));
    return places;
  }

  private static CommitSig place(SignedVote it) {
    return CommitSig.commit(it.validator(), it.vote().timestamp(), it.signature());
  }

  private static Instant timeOf(Commit it) {
    return it.signatures().stream()
        .filter(place -> place.flag() == CommitSig.Flag.COMMIT)
        .map(CommitSig::timestamp)
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  private static CommitSig asNil(CommitSig it) {
    return it.flag() == CommitSig.Flag.COMMIT
        ? new CommitSig(CommitSig.Flag.NIL, it.validator(), it.timestamp(), it.signature())
        : it;
  }

  private static CommitSig forged(CommitSig it, Tongue tongue) {
    return it.validator().isEmpty()
        ? it
        : new CommitSig(it.flag(), it.validator(), it.timestamp(), Optional.of(tongue.nonsense()));
  }
}
