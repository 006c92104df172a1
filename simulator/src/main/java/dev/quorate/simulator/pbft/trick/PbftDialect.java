package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.forgery.Dialect;
import java.util.Optional;

/** PREPAREs, COMMITs and PRE-PREPAREs. */
final class PbftDialect implements Dialect {
  @Override
  public Optional<SignedVote> voteIn(Bytes frame, Means means) {
    var message = new Tongue(means).read(frame).orElse(null);
    if (message instanceof Prepare(var vote)) {
      return Optional.of(vote);
    }
    return message instanceof Commit(var vote) ? Optional.of(vote) : Optional.empty();
  }

  @Override
  public Optional<Block> proposalIn(Bytes frame, Means means) {
    return new Tongue(means).read(frame).orElse(null) instanceof PrePrepare it
        ? Optional.of(it.block())
        : Optional.empty();
  }

  @Override
  public Bytes saying(SignedVote vote, Means means) {
    PbftMessage message =
        switch (vote.vote().type()) {
          case PREPARE -> new Prepare(vote);
          case COMMIT -> new Commit(vote);
        };
    return new Tongue(means).frame(message);
  }
}
