package dev.quorate.simulator.byzantine.forgery;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.byzantine.Means;
import java.util.Optional;

/** How an engine says what every engine has: votes of two phases, and proposals. */
public interface Dialect {
  /** The vote that a frame says and nothing else; empty when it holds something else. */
  Optional<SignedVote> voteIn(Bytes frame, Means means);

  /** The block that a frame proposes; empty when it holds something else. */
  Optional<Block> proposalIn(Bytes frame, Means means);

  /** A frame that says a vote. */
  Bytes saying(SignedVote vote, Means means);
}
