package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.explorer.Ballots.Ballot;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.Optional;

/**
 * The Byzantine validator: signs with its own key whatever is well-formed, and puts certificates
 * together from all votes that exist.
 */
final class Liar {
  private static final SignGuard SIGNS_NOTHING_MORE =
      request -> new SignGuard.Answer.Refused("is signed already: " + request);

  private final Cast cast;
  private final Chance chance;
  private final Blocks blocks;
  private final Ballots ballots;
  private final ValidatorId self;
  private final MessageSigner<TendermintMessage> signer;

  Liar(Cast cast, Chance chance, Blocks blocks, Ballots ballots) {
    this.cast = cast;
    this.chance = chance;
    this.blocks = blocks;
    this.ballots = ballots;
    this.self = cast.id(cast.liar());
    this.signer = new MessageSigner<>(Cast.CHAIN, self, SIGNS_NOTHING_MORE);
  }

  /** Its messages carry their signatures from the beginning. */
  Signed<TendermintMessage> signed(TendermintMessage message) {
    return switch (signer.sign(message)) {
      case MessageSigner.Outcome.Ready<TendermintMessage>(var signed) -> signed;
      case MessageSigner.Outcome.Refused<TendermintMessage>(_, var reason) ->
          throw new IllegalStateException(reason);
    };
  }

  boolean isProposerOf(int height, int round) {
    return cast.proposerOf(height, round) == cast.liar();
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
    } else if (height <= Blocks.HEIGHTS && !blocks.isFull()) {
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
