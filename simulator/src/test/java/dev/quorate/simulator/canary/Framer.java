package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.time.Duration;

/**
 * Tells everybody that somebody else voted twice: right in every point, but that nobody signed it.
 */
public final class Framer implements Trick {
  private static final Duration UNTIL_FINAL = Duration.ofMillis(200);

  private final MessageCodec<PbftMessage> codec =
      new PbftProvider().codec(new LedgerBlockReader(Limits.DEFAULT));

  @Override
  public String name() {
    return "framer";
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    means.hear(from, frame);
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
        && codec.decode(encoded) instanceof Decoded.Ok(PrePrepare proposal)) {
      var header = LedgerBlock.of(proposal.block()).header();
      means.after(UNTIL_FINAL, () -> frame(header, means));
    }
  }

  private static void frame(Header header, Means means) {
    var pieces = means.others().stream().map(it -> piece(it, header, means).encode()).toList();
    means.send(means.others(), EnvelopeCodec.encode(new Envelope.Evidence(pieces)));
  }

  private static DuplicateVoteEvidence piece(ValidatorId victim, Header header, Means means) {
    var pair = DuplicateVote.of(vote(victim, header, "one"), vote(victim, header, "other"));
    var validators = means.genesis().validatorSet();
    return DuplicateVoteEvidence.of(pair.orElseThrow(), validators, header.time());
  }

  private static SignedVote vote(ValidatorId victim, Header header, String block) {
    var hash = Hash.sha256(Bytes.utf8(block));
    return SignedVote.unsigned(
        new Vote(
            VoteType.COMMIT,
            header.height(),
            Round.ZERO,
            new BlockId(hash, new PartSetHeader(1, hash)),
            header.time(),
            victim));
  }
}
