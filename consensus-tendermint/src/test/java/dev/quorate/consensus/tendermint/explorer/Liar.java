package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Ballots.Ballot;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Chance;
import dev.quorate.explorer.Scene;
import java.util.Optional;

/**
 * What the Byzantine validator says: whatever is well-formed, with certificates put together from
 * all votes that exist.
 */
final class Liar {
  private final Cast cast;
  private final Chance chance;
  private final Blocks blocks;
  private final Ballots ballots;
  private final ValidatorId self;

  Liar(Scene<TendermintMessage> scene, Chance chance) {
    this.cast = scene.cast();
    this.chance = chance;
    this.blocks = scene.blocks();
    this.ballots = scene.ballots();
    this.self = cast.id(cast.liar());
  }

  boolean isProposerOf(int height, int round) {
    return Turns.proposerOf(cast, height, round) == cast.liar();
  }

  /** A vote of either type at a place, for any block of that height or for nil. */
  TendermintMessage vote(VoteType type, int height, int round) {
    var known = blocks.at(height);
    var block =
        known.isEmpty() || chance.percent(25)
            ? Optional.<Block>empty()
            : Optional.of(chance.recent(known));
    return vote(type, height, round, block);
  }

  TendermintMessage vote(VoteType type, int height, int round, Optional<Block> block) {
    var vote =
        new Vote(
            type,
            new Height(height),
            new Round(round),
            block.map(Block::id).orElse(BlockId.NONE),
            block.map(Block::time).orElse(CanonicalBytes.ZERO_TIME),
            self);
    var signed = new SignedVote(vote, Ballots.SIGNATURE);
    return switch (type) {
      case PREPARE -> new Prevote(signed);
      case COMMIT -> new Precommit(signed);
    };
  }

  /** A block that exists, or a fresh one, on the parent; with any valid round that can be. */
  Optional<TendermintMessage> proposal(int height, int round, BlockId parent) {
    var known = blocks.at(height);
    Block block;
    if (!known.isEmpty() && chance.percent(65)) {
      block = chance.recent(known);
    } else if (height <= blocks.heights() && !blocks.isFull()) {
      block = blocks.build(height, parent, self, !chance.percent(6));
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Proposal(block, new Round(round), validRound(block, round), self, Ballots.SIGNATURE));
  }

  /** Mostly the round of a polka if there is one; sometimes any, or none. */
  private Optional<Round> validRound(Block block, int round) {
    if (round == 0 || chance.percent(20)) {
      return Optional.empty();
    }
    int number = Blocks.numberOf(block.id());
    for (int valid = round - 1; valid >= 0; valid--) {
      if (ballots.exists(VoteType.PREPARE, valid, number) && chance.percent(80)) {
        return Optional.of(new Round(valid));
      }
    }
    return chance.percent(40) ? Optional.of(new Round(chance.below(round))) : Optional.empty();
  }

  /** It is behind, or lacks the proposal, or says so. */
  TendermintMessage status(int height, int round) {
    return new Status(
        new Height(1 + chance.below(height)), new Round(round), Step.PROPOSE, chance.percent(50));
  }

  /** A certificate that exists, put together. */
  TendermintMessage certificate(Ballot ballot) {
    return new CertificateMessage(ballots.certificate(ballot));
  }
}
