package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.TendermintProvider;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.util.List;

/** Votes as its replica does, and says with each prevote that it is in the next round already. */
public final class Hasty implements Trick {
  private final MessageCodec<TendermintMessage> codec =
      new TendermintProvider().codec(new LedgerBlockReader(Limits.DEFAULT));

  @Override
  public String name() {
    return "hasty";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
        && codec.decode(encoded) instanceof Decoded.Ok(Prevote(var vote))) {
      var ahead = new Prevote(ahead(vote.vote(), means));
      means.send(to, EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(ahead))));
    }
    means.send(to, frame);
  }

  private static SignedVote ahead(Vote vote, Means means) {
    var nil =
        new Vote(
            vote.type(),
            vote.height(),
            new Round(vote.round().value() + 1),
            BlockId.NONE,
            CanonicalBytes.ZERO_TIME,
            means.self());
    return new SignedVote(nil, means.sign(means.self(), nil.signBytes(means.genesis().chainId())));
  }
}
