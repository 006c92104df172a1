package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.List;

/**
 * The primary's proposal of a block in a view, which carries the primary's own PREPARE for it: one
 * signature, counted once.
 */
public record PrePrepare(Block block, SignedVote prepare) implements PbftMessage {
  /** Refuses a vote that is not a PREPARE for exactly this block. */
  public PrePrepare {
    var vote = prepare.vote();
    if (vote.type() != VoteType.PREPARE
        || !vote.height().equals(block.height())
        || !vote.blockId().equals(block.id())
        || !vote.timestamp().equals(block.time())) {
      throw new IllegalArgumentException("the vote is not a PREPARE for " + block);
    }
  }

  public View view() {
    return View.of(prepare.vote().round());
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return VoteRequests.toSign(prepare, chainId);
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return new PrePrepare(block, prepare.withSignature(signatures.getFirst()));
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(VoteRequests.toVerify(prepare, chainId));
  }
}
