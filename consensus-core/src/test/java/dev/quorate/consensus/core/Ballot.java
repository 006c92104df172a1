package dev.quorate.consensus.core;

import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;

/** The smallest message there can be: some votes, of which the unsigned ones are ours. */
record Ballot(List<SignedVote> votes) implements Message<Ballot> {
  Ballot {
    votes = List.copyOf(votes);
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return votes.stream()
        .filter(vote -> vote.signature().equals(Signature.UNSIGNED))
        .map(SignedVote::vote)
        .map(
            vote ->
                new SignRequest(
                    new SignPosition(SignPosition.Kind.COMMIT, vote.height(), vote.round()),
                    vote.signBytes(chainId)))
        .toList();
  }

  @Override
  public Ballot withSignatures(List<Signature> signatures) {
    var answers = signatures.iterator();
    var signed = new ArrayList<SignedVote>();
    for (var vote : votes) {
      boolean ours = vote.signature().equals(Signature.UNSIGNED);
      signed.add(ours ? vote.withSignature(answers.next()) : vote);
    }
    return new Ballot(signed);
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return votes.stream()
        .map(
            vote ->
                new SignatureCheck(
                    vote.validator(),
                    new SignPosition(
                        SignPosition.Kind.COMMIT, vote.vote().height(), vote.vote().round()),
                    vote.vote().signBytes(chainId),
                    vote.signature()))
        .toList();
  }
}
