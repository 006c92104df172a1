package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftCodec;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.speech.Speech;

/** Says in PBFT whatever a trick wants, and signs it with the keys that are held. */
final class Tongue extends Speech<PbftMessage> {
  Tongue(Means means) {
    super(means, new PbftCodec(new LedgerBlockReader(means.genesis().limits())));
  }

  Prepare prepare(Vote vote, ValidatorId voter) {
    return new Prepare(same(vote, VoteType.PREPARE, voter));
  }

  Commit commit(Vote vote, ValidatorId voter) {
    return new Commit(same(vote, VoteType.COMMIT, voter));
  }

  /** An own proposal. */
  PrePrepare proposal(LedgerBlock block, View view) {
    var vote =
        new Vote(
            VoteType.PREPARE,
            block.height(),
            view.round(),
            block.id(),
            block.header().time(),
            self());
    return new PrePrepare(block.toBlock(), signed(vote));
  }

  SignedClaim signed(Claim claim) {
    return new SignedClaim(
        claim, means().sign(claim.claimant(), claim.signBytes(means().genesis().chainId())));
  }

  /** The same with the signature of its primary, whose key is held. */
  NewView signed(NewView it) {
    var signature = means().sign(it.primary(), it.signBytes(means().genesis().chainId()));
    return new NewView(it.view(), it.primary(), it.claims(), it.certificate(), it.tip(), signature);
  }

  /** Who opens a view. */
  ValidatorId primaryOf(View view) {
    return primaryOf(view, new Height(0));
  }

  ValidatorId primaryOf(View view, Height height) {
    long rotation = means().genesis().parameters().getOrDefault("rotation", 0L);
    long turns = rotation == 0 ? 0 : height.value() / rotation;
    var schedule = ProposerSchedule.of(means().genesis().validatorSet());
    return schedule.at((view.value() + turns) % schedule.size());
  }
}
