package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.util.List;

/** Votes as its replica does, and at once for another block that nobody has: to everybody. */
public final class TwoFaced implements Trick {
  private final MessageCodec<PbftMessage> codec =
      new PbftProvider().codec(new LedgerBlockReader(Limits.DEFAULT));

  @Override
  public String name() {
    return "two-faced";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    means.send(to, frame);
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
        && codec.decode(encoded) instanceof Decoded.Ok(var message)) {
      if (message instanceof Prepare(var vote)) {
        means.send(to, frame(new Prepare(contrary(vote, means))));
      } else if (message instanceof Commit(var vote)) {
        means.send(to, frame(new Commit(contrary(vote, means))));
      }
    }
  }

  private Bytes frame(PbftMessage message) {
    return EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
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
