package dev.quorate.simulator.byzantine.forgery;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.util.List;

/** Votes as its replica does, and at once for another block that nobody has: to everybody. */
public final class TwoFaced implements Trick {
  private final Dialect dialect;

  public TwoFaced(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public String name() {
    return "two-faced";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    means.send(to, frame);
    dialect
        .voteIn(frame, means)
        .filter(it -> it.validator().equals(means.self()) && !it.vote().blockId().isNone())
        .ifPresent(it -> means.send(to, dialect.saying(contrary(it, means), means)));
  }

  private static SignedVote contrary(SignedVote signed, Means means) {
    var vote = signed.vote();
    var hash = Hash.sha256(vote.blockId().hash().bytes());
    var other =
        new Vote(
            vote.type(),
            vote.height(),
            vote.round(),
            new BlockId(hash, new PartSetHeader(1, hash)),
            vote.timestamp(),
            means.self());
    return new SignedVote(
        other, means.sign(means.self(), other.signBytes(means.genesis().chainId())));
  }
}
