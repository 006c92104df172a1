package dev.quorate.simulator.byzantine.forgery;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
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

  private final Dialect dialect;

  public Framer(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public String name() {
    return "framer";
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    means.hear(from, frame);
    dialect
        .proposalIn(frame, means)
        .ifPresent(block -> means.after(UNTIL_FINAL, () -> frame(block, means)));
  }

  private static void frame(Block block, Means means) {
    var pieces = means.others().stream().map(it -> piece(it, block, means).encode()).toList();
    means.send(means.others(), EnvelopeCodec.encode(new Envelope.Evidence(pieces)));
  }

  private static DuplicateVoteEvidence piece(ValidatorId victim, Block block, Means means) {
    var pair = DuplicateVote.of(vote(victim, block, "one"), vote(victim, block, "other"));
    var validators = means.genesis().validatorSet();
    return DuplicateVoteEvidence.of(pair.orElseThrow(), validators, block.time());
  }

  private static SignedVote vote(ValidatorId victim, Block block, String name) {
    var hash = Hash.sha256(Bytes.utf8(name));
    return SignedVote.unsigned(
        new Vote(
            VoteType.COMMIT,
            block.height(),
            Round.ZERO,
            new BlockId(hash, new PartSetHeader(1, hash)),
            block.time(),
            victim));
  }
}
