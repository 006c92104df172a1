package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Timeliness;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.Proposals.Held;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Instant;

/**
 * What messages say, put where the rules look for it. Nothing is decided here; only contradictions
 * are noticed on the spot, because the second statement is not kept.
 *
 * <p>All signed messages may be relayed by anybody: who sent one says nothing.
 */
final class Intake {
  private final RoundState state;
  private final Sleep sleep;
  private final Exchange exchange;
  private final NextHeight nextHeight = new NextHeight();

  Intake(RoundState state, Sleep sleep, Exchange exchange) {
    this.state = state;
    this.sleep = sleep;
    this.exchange = exchange;
  }

  void onReceived(Event.Received<TendermintMessage> received) {
    var from = received.message().from();
    switch (received.message().message()) {
      case Proposal it -> {
        if (isOfThisHeight(received, it.height())) {
          onProposal(from, it, received.receivedAt());
        }
      }
      case Prevote(var vote) -> onVote(received, vote);
      case Precommit(var vote) -> onVote(received, vote);
      case CertificateMessage(var certificate) -> onCertificate(received, certificate);
      case Justification it -> {
        if (isOfThisHeight(received, it.height())) {
          it.votes().forEach(vote -> count(from, vote));
        }
      }
      case Status it -> exchange.onStatus(from, it);
    }
  }

  /** What came early for the height that has just begun. */
  void takeKept() {
    nextHeight.take().forEach(this::onReceived);
  }

  private boolean isOfThisHeight(Event.Received<TendermintMessage> received, Height height) {
    var from = received.message().from();
    if (height.equals(state.height())) {
      return true;
    }
    if (state.height().isAbove(height)) {
      exchange.help(from, height);
    } else if (!height.equals(state.height().next())) {
      state.out.ignore(from, "message of a far height");
    } else if (!nextHeight.keep(received)) {
      state.out.ignore(from, "message of the next height for which there is no room");
    }
    return false;
  }

  private void onProposal(ValidatorId from, Proposal proposal, Instant receivedAt) {
    long ahead = (long) proposal.round().value() - state.round().value();
    if (ahead < 0 || ahead > 1) {
      state.out.ignore(from, "proposal of another round");
      return;
    }
    if (!proposal.proposer().equals(state.proposerOf(proposal.round()))) {
      state.out.ignore(from, "proposal not signed by the proposer");
      return;
    }
    var known = state.proposals.all(proposal.round());
    if (state.proposals.holds(proposal)) {
      return;
    }
    if (known.isEmpty() || (known.size() == 1 && hasPolka(proposal))) {
      state.proposals.add(new Held(proposal, isTimely(proposal, receivedAt)));
      state.candidates.keep(proposal.block());
      sleep.wake();
    } else {
      state.out.ignore(from, "second proposal of a round");
    }
  }

  private boolean hasPolka(Proposal proposal) {
    return proposal
        .validRound()
        .filter(it -> state.votes().at(it).prevotes().isQuorumFor(proposal.block().id()))
        .isPresent();
  }

  /** The own clock is not judged by itself. */
  private boolean isTimely(Proposal proposal, Instant receivedAt) {
    return proposal.proposer().equals(state.self)
        || Timeliness.DEFAULT.isTimely(
            proposal.block().time(), state.tip().time(), receivedAt, proposal.round().value());
  }

  private void onVote(Event.Received<TendermintMessage> received, SignedVote vote) {
    boolean late = state.lastCommit().filter(it -> it.add(vote)).isPresent();
    state.lastCommit().flatMap(it -> it.contradicted(vote)).ifPresent(it -> accuse(it, vote));
    if (!late && isOfThisHeight(received, vote.vote().height())) {
      count(received.message().from(), vote);
    }
  }

  private void count(ValidatorId from, SignedVote vote) {
    if (vote.validator().equals(state.self)) {
      state.signed(vote);
    }
    switch (state.votes().add(vote)) {
      case Tally.Entry.Counted() -> sleep.wake();
      case Tally.Entry.Known() -> {}
      case Tally.Entry.Conflict(var first) -> accuse(first, vote);
      case Tally.Entry.Dropped() -> state.out.ignore(from, "vote for which there is no room");
    }
  }

  /** Counts as a whole, not vote by vote: it may hold second votes of those who vote twice. */
  private void onCertificate(Event.Received<TendermintMessage> received, Certificate certificate) {
    var from = received.message().from();
    if (!certificate.hasQuorum(state.validators)) {
      state.out.ignore(from, "certificate without a quorum");
      return;
    }
    if (certificate.height().equals(state.tip().height())
        && certificate.type() == VoteType.COMMIT) {
      onLastCommit(certificate);
    } else if (isOfThisHeight(received, certificate.height())) {
      for (var conflict : state.votes().add(certificate)) {
        certificate.votes().stream()
            .filter(it -> it.validator().equals(conflict.first().validator()))
            .forEach(second -> accuse(conflict.first(), second));
      }
      sleep.wake();
    }
  }

  private void onLastCommit(Certificate certificate) {
    if (certificate.blockId().equals(state.tip().id())) {
      state.lastCommit().ifPresent(it -> it.add(certificate));
    } else {
      state.out.halt(
          "a commit certificate names %s at height %s, where %s is decided"
              .formatted(certificate.blockId(), certificate.height(), state.tip().id()));
    }
  }

  private void accuse(SignedVote first, SignedVote second) {
    state.out.add(new Effect.Accuse<>(first, second));
  }
}
