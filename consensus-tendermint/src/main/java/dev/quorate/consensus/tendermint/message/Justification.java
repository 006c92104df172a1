package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Signature;
import java.util.HashSet;
import java.util.List;

/**
 * The votes that let its sender enter a round: a quorum of precommits of the round before (L65), or
 * votes of a weak quorum of that round itself (L55). So whoever lacks one of them can follow, also
 * when it came from a validator that says different things to different peers.
 */
public record Justification(List<SignedVote> votes) implements TendermintMessage {
  /** Refuses none, votes of several rounds, and two of one validator. */
  public Justification {
    votes = List.copyOf(votes);
    var first = votes.isEmpty() ? null : votes.getFirst().vote();
    var voters = new HashSet<ValidatorId>();
    for (var signed : votes) {
      var vote = signed.vote();
      boolean same =
          first != null
              && vote.height().equals(first.height())
              && vote.round().equals(first.round());
      if (!same || !voters.add(vote.validator())) {
        throw new IllegalArgumentException("not votes of one round by distinct validators");
      }
    }
    if (first == null) {
      throw new IllegalArgumentException("no votes");
    }
  }

  public Height height() {
    return votes.getFirst().vote().height();
  }

  /** Of the votes; the round that they let one enter is this one or the next. */
  public Round round() {
    return votes.getFirst().vote().round();
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return List.of();
  }

  @Override
  public TendermintMessage withSignatures(List<Signature> signatures) {
    return this;
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return votes.stream().map(it -> VoteRequests.toVerify(it, chainId)).toList();
  }
}
