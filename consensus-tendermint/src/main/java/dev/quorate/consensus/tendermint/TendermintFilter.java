package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can still matter: this height and the next, no vote where a quorum is complete, no proposal
 * that is here or of a round that is over. Of the last decided height only the precommits that its
 * commit lacks. Whoever is behind says so in its Status, which is always wanted.
 */
record TendermintFilter(
    Height height,
    Round round,
    int validators,
    Set<BlockId> proposed,
    Map<Round, Complete> rounds,
    Optional<Certificate> lastCommit)
    implements MessageFilter<TendermintMessage> {

  /** Which tallies of a round have a quorum for a block. */
  record Complete(boolean prevotes, boolean precommits) {}

  static TendermintFilter of(RoundState state) {
    var rounds = new HashMap<Round, Complete>();
    for (var round : state.votes().rounds()) {
      var votes = state.votes().at(round);
      rounds.put(
          round,
          new Complete(
              votes.prevotes().quorum().isPresent(), votes.precommits().quorum().isPresent()));
    }
    var proposed = new HashSet<BlockId>();
    state.proposals.all(state.round()).forEach(it -> proposed.add(it.proposal().block().id()));
    return new TendermintFilter(
        state.height(),
        state.round(),
        state.validators.size(),
        proposed,
        rounds,
        state.lastCommit().map(LastCommit::certificate));
  }

  @Override
  public boolean wants(TendermintMessage message) {
    return switch (message) {
      case Proposal it -> wantsProposal(it);
      case Prevote(var vote) -> wantsVote(vote.vote());
      case Precommit(var vote) -> wantsVote(vote.vote()) || wantsLate(vote.vote());
      case CertificateMessage(var it) -> wantsCertificate(it);
      case Justification it ->
          isInReach(it.height())
              && it.votes().size() <= validators
              && (!it.height().equals(height) || it.round().value() + 1L >= round.value());
      case Status _ -> true;
    };
  }

  private boolean wantsProposal(Proposal proposal) {
    if (proposal.height().equals(height.next())) {
      return true;
    }
    long ahead = (long) proposal.round().value() - round.value();
    boolean here = ahead == 0 && proposed.contains(proposal.block().id());
    return proposal.height().equals(height) && ahead >= 0 && ahead <= 1 && !here;
  }

  private boolean wantsVote(Vote vote) {
    if (!vote.height().equals(height)) {
      return vote.height().equals(height.next());
    }
    return !isComplete(vote.type(), vote.round());
  }

  /** A vote that is missing in the last commit, or that contradicts one in it. */
  private boolean wantsLate(Vote vote) {
    if (lastCommit.isEmpty()) {
      return false;
    }
    var commit = lastCommit.get();
    boolean signed =
        commit.signers().stream().anyMatch(it -> it.validator().equals(vote.validator()));
    boolean same =
        commit.height().equals(vote.height())
            && commit.round().equals(vote.round())
            && commit.blockId().equals(vote.blockId());
    return signed ? LastCommit.isRival(commit, vote) : same;
  }

  private boolean wantsCertificate(Certificate certificate) {
    if (certificate.signers().size() > validators) {
      return false;
    }
    if (certificate.height().equals(height)) {
      return !isComplete(certificate.type(), certificate.round());
    }
    return certificate.height().equals(height.next())
        || (certificate.type() == VoteType.COMMIT && wantsLastCommit(certificate));
  }

  /** Another block's commit says that the chain is forked; else only what makes ours fuller. */
  private boolean wantsLastCommit(Certificate other) {
    return lastCommit
        .filter(it -> it.height().equals(other.height()))
        .filter(
            it ->
                !it.blockId().equals(other.blockId())
                    || other.votes().stream().anyMatch(vote -> wantsLate(vote.vote())))
        .isPresent();
  }

  private boolean isComplete(VoteType type, Round its) {
    var complete = rounds.get(its);
    if (complete == null) {
      return false;
    }
    return switch (type) {
      case PREPARE -> complete.prevotes();
      case COMMIT -> complete.precommits();
    };
  }

  private boolean isInReach(Height its) {
    return its.equals(height) || its.equals(height.next());
  }
}
