package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Broken;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Correct;
import dev.quorate.explorer.Judge;
import dev.quorate.explorer.Scene;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The rules of Algorithm 1, judged by what was said and stored; nothing here asks an engine. */
final class Invariants implements Judge<TendermintMessage> {
  private static final int NONE = -2;
  private static final int NIL = Blocks.MOST;

  private final Cast cast;
  private final Blocks blocks;
  private final Ballots ballots;
  private final Voters voters = new Voters();
  private final boolean agreementOnly;
  private final int[] finals = new int[TendermintGame.HEIGHTS + 1];
  private final Promises[] promises = new Promises[Cast.SIZE];
  private int heightBefore;
  private int roundBefore;

  /** What one validator has said so far. */
  private static final class Promises {
    final int[] votes = new int[2 * Ballots.ROUNDS * (TendermintGame.HEIGHTS + 1)];
    final int[] proposals = new int[Ballots.ROUNDS * (TendermintGame.HEIGHTS + 1)];

    /** The last precommit for a block at each height, and its round. */
    final int[] locked = new int[TendermintGame.HEIGHTS + 1];

    final int[] lockedIn = new int[TendermintGame.HEIGHTS + 1];
    int delivered = Blocks.GENESIS;
    long signedHeight;
    int signedRound;

    Promises() {
      Arrays.fill(votes, NONE);
      Arrays.fill(proposals, NONE);
      Arrays.fill(locked, NONE);
    }
  }

  Invariants(Scene<TendermintMessage> scene, boolean agreementOnly) {
    this.cast = scene.cast();
    this.blocks = scene.blocks();
    this.ballots = scene.ballots();
    this.agreementOnly = agreementOnly;
    Arrays.fill(finals, NONE);
    cast.correct().forEach(it -> promises[it] = new Promises());
  }

  @Override
  public void stepBegins(Correct<TendermintMessage> validator) {
    heightBefore = validator.height();
    roundBefore = validator.round();
  }

  /** Whether it is in a higher round than before, and why. */
  @Override
  public void stepped(Correct<TendermintMessage> validator) {
    if (validator.height() == heightBefore && validator.round() > roundBefore) {
      entered(validator.index(), heightBefore, validator.round());
    }
  }

  @Override
  public void asked(int validator, TendermintMessage message) {
    message.signRequests(Cast.CHAIN).forEach(request -> asked(validator, request));
  }

  private void asked(int validator, SignRequest request) {
    var mine = promises[validator];
    long height = request.position().height().value();
    int round = request.position().round().value();
    if (height < mine.signedHeight || (height == mine.signedHeight && round < mine.signedRound)) {
      breaks(Rule.SIGNABLE, validator, request.position() + " is to be signed");
    }
    mine.signedHeight = height;
    mine.signedRound = round;
  }

  @Override
  public void said(int validator, TendermintMessage message, IntPredicate disk) {
    switch (message) {
      case Proposal it -> proposed(validator, it);
      case Prevote(var vote) -> voted(validator, vote, disk);
      case Precommit(var vote) -> voted(validator, vote, disk);
      case CertificateMessage(var certificate) -> isTrue(validator, certificate);
      case Justification _ -> {}
      case Status _ -> {}
    }
  }

  private void proposed(int validator, Proposal proposal) {
    if (!proposal.proposer().equals(cast.id(validator))) {
      return;
    }
    var mine = promises[validator];
    int height = (int) proposal.height().value();
    int round = proposal.round().value();
    int number = Blocks.numberOf(proposal.block().id());
    int validRound = proposal.validRound().map(it -> it.value()).orElse(-1);
    int said = number * 100 + validRound + 1;
    int place = round * (TendermintGame.HEIGHTS + 1) + height;
    if (mine.proposals[place] == said) {
      return;
    }
    if (mine.proposals[place] != NONE) {
      breaks(Rule.ONE_VOTE, validator, "two proposals in r" + round);
    }
    mine.proposals[place] = said;
    boolean keepsValid = mine.locked[height] == NONE || validRound >= mine.lockedIn[height];
    boolean backed = validRound < 0 || ballots.exists(VoteType.PREPARE, validRound, number);
    if (!keepsValid || !backed) {
      breaks(Rule.VALID_VALUE, validator, "#" + number + " valid r" + validRound + " in r" + round);
    }
  }

  private void voted(int validator, SignedVote signed, IntPredicate disk) {
    var vote = signed.vote();
    if (!vote.validator().equals(cast.id(validator))) {
      return;
    }
    var type = vote.type();
    int round = vote.round().value();
    int height = (int) vote.height().value();
    int number = vote.blockId().isNone() ? NIL : Blocks.numberOf(vote.blockId());
    var mine = promises[validator];
    int place =
        ((type.code() - 1) * Ballots.ROUNDS + round) * (TendermintGame.HEIGHTS + 1) + height;
    int earlier = mine.votes[place];
    if (earlier == number) {
      return;
    }
    if (earlier != NONE) {
      breaks(Rule.ONE_VOTE, validator, type + " h" + height + " r" + round + " twice");
    }
    mine.votes[place] = number;
    voters.add(type, height, round, validator);
    if (number != NIL) {
      var block = blocks.get(number);
      if (!blocks.isValid(block.id())) {
        breaks(Rule.VALIDITY, validator, type + " for the invalid " + Blocks.name(block));
      }
      switch (type) {
        case PREPARE -> prevoted(validator, height, round, number);
        case COMMIT -> precommitted(validator, height, round, number, disk);
      }
      count(type, round, block, validator);
    }
  }

  private void prevoted(int validator, int height, int round, int number) {
    var mine = promises[validator];
    int locked = mine.locked[height];
    if (locked == NONE || locked == number || mine.lockedIn[height] >= round) {
      return;
    }
    for (int between = mine.lockedIn[height]; between < round; between++) {
      if (ballots.exists(VoteType.PREPARE, between, number)) {
        return;
      }
    }
    breaks(
        Rule.LOCK,
        validator,
        "prevotes #%d in r%d, locked on #%d in r%d"
            .formatted(number, round, locked, mine.lockedIn[height]));
  }

  private void precommitted(int validator, int height, int round, int number, IntPredicate disk) {
    var mine = promises[validator];
    if (!ballots.exists(VoteType.PREPARE, round, number)) {
      breaks(Rule.PRECOMMIT_HAS_POLKA, validator, "precommits #" + number + " in r" + round);
    }
    if (!disk.test(number)) {
      breaks(Rule.BODY_IS_STORED, validator, "precommits #" + number + " without its body");
    }
    if (mine.locked[height] == NONE || round > mine.lockedIn[height]) {
      mine.locked[height] = number;
      mine.lockedIn[height] = round;
    }
  }

  private void count(VoteType type, int round, Block block, int validator) {
    var ballot = ballots.add(type, round, block, validator);
    if (ballot != null && type == VoteType.COMMIT) {
      isFinal(block);
    }
  }

  private void isFinal(Block block) {
    int height = (int) block.height().value();
    int number = Blocks.numberOf(block.id());
    if (finals[height] != NONE && finals[height] != number) {
      throw new Broken(
          Rule.AGREEMENT,
          "final at h%d: #%d and %s".formatted(height, finals[height], Blocks.name(block)));
    }
    finals[height] = number;
  }

  @Override
  public void delivered(int validator, Block block, Certificate commit) {
    var mine = promises[validator];
    int number = Blocks.numberOf(block.id());
    if (Blocks.numberOf(block.parent()) != mine.delivered
        || !commit.blockId().equals(block.id())
        || commit.type() != VoteType.COMMIT) {
      breaks(Rule.DELIVERY, validator, Blocks.name(block) + " on #" + mine.delivered);
    }
    isTrue(validator, commit);
    isFinal(block);
    mine.delivered = number;
  }

  private void entered(int validator, int height, int round) {
    int precommits = voters.at(VoteType.COMMIT, height, round - 1);
    int inIt =
        voters.at(VoteType.PREPARE, height, round) | voters.at(VoteType.COMMIT, height, round);
    if (!cast.isQuorumWithLiar(precommits) && inIt == 0) {
      breaks(Rule.ROUND_IS_JUSTIFIED, validator, "enters r" + round + " of h" + height);
    }
  }

  @Override
  public void accused(int validator, SignedVote vote) {
    if (cast.indexOf(vote.validator()) != cast.liar()) {
      breaks(Rule.NO_FALSE_ACCUSATION, validator, cast.nameOf(vote.validator()) + " is accused");
    }
  }

  @Override
  public void halted(int validator, String reason) {
    breaks(Rule.NO_HALT, validator, reason);
  }

  @Override
  public void threw(int validator, String exception) {
    breaks(Rule.NO_EXCEPTION, validator, exception);
  }

  private void isTrue(int validator, Certificate certificate) {
    if (!ballots.isTrue(certificate)) {
      breaks(Rule.TRUE_CERTIFICATES, validator, certificate.toString());
    }
  }

  private void breaks(Rule rule, int validator, String detail) {
    if (!agreementOnly) {
      throw new Broken(rule, cast.nameOf(validator) + ": " + detail);
    }
  }
}
