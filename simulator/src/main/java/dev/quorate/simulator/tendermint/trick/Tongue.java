package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintCodec;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.speech.Speech;
import java.util.Optional;

/** Says in Tendermint whatever a trick wants, and signs it with the keys that are held. */
final class Tongue extends Speech<TendermintMessage> {
  Tongue(Means means) {
    super(means, new TendermintCodec(new LedgerBlockReader(means.genesis().limits())));
  }

  boolean isOwn(TendermintMessage message) {
    return switch (message) {
      case Proposal it -> it.proposer().equals(self());
      case Prevote(var vote) -> vote.validator().equals(self());
      case Precommit(var vote) -> vote.validator().equals(self());
      default -> false;
    };
  }

  /** What no message can hold, in the encoding that it would have. */
  void sayToAll(Bytes encoded) {
    means().send(others(), EnvelopeCodec.encode(new Envelope.EngineMessage(encoded)));
  }

  /** An own vote for no block. */
  SignedVote nil(VoteType type, Height height, Round round) {
    return signed(new Vote(type, height, round, BlockId.NONE, CanonicalBytes.ZERO_TIME, self()));
  }

  /** An own vote for a block. */
  SignedVote vote(VoteType type, Round round, LedgerBlock block) {
    return signed(new Vote(type, block.height(), round, block.id(), block.header().time(), self()));
  }

  /** A vote as the message that it is alone. */
  static TendermintMessage message(SignedVote vote) {
    return switch (vote.vote().type()) {
      case PREPARE -> new Prevote(vote);
      case COMMIT -> new Precommit(vote);
    };
  }

  /** An own proposal. */
  Proposal proposal(LedgerBlock block, Round round, Optional<Round> validRound) {
    var unsigned = Proposal.unsigned(block.toBlock(), round, validRound, self());
    var request = unsigned.signRequests(means().genesis().chainId()).getFirst();
    return new Proposal(
        block.toBlock(), round, validRound, self(), means().sign(self(), request.signBytes()));
  }
}
