package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.forgery.Dialect;
import java.util.Optional;

/** Prevotes, precommits and proposals. */
final class TendermintDialect implements Dialect {
  @Override
  public Optional<SignedVote> voteIn(Bytes frame, Means means) {
    var message = new Tongue(means).read(frame).orElse(null);
    if (message instanceof Prevote(var vote)) {
      return Optional.of(vote);
    }
    return message instanceof Precommit(var vote) ? Optional.of(vote) : Optional.empty();
  }

  @Override
  public Optional<Block> proposalIn(Bytes frame, Means means) {
    return new Tongue(means).read(frame).orElse(null) instanceof Proposal it
        ? Optional.of(it.block())
        : Optional.empty();
  }

  @Override
  public Bytes saying(SignedVote vote, Means means) {
    return new Tongue(means).frame(Tongue.message(vote));
  }
}
