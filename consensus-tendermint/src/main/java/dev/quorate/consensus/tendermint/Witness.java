package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this validator can tell one that comes back about that one's own promises, and when one that
 * has lost them may give new ones.
 */
final class Witness {
  private final RoundState state;

  Witness(RoundState state) {
    this.state = state;
  }

  /**
   * The validator's proposals and votes of this height, and the certificates that name it: for each
   * of a bounded number of rounds at most four.
   */
  List<TendermintMessage> heardFrom(ValidatorId validator) {
    var heard = new ArrayList<TendermintMessage>();
    state
        .lastCommit()
        .map(LastCommit::certificate)
        .flatMap(it -> certified(Optional.of(it), validator))
        .ifPresent(heard::add);
    state.proposals.all().stream()
        .filter(it -> it.proposer().equals(validator))
        .forEach(heard::add);
    for (var round : state.votes().rounds()) {
      var votes = state.votes().at(round);
      votes.prevotes().voteOf(validator).map(Prevote::new).ifPresent(heard::add);
      votes.precommits().voteOf(validator).map(Precommit::new).ifPresent(heard::add);
      certified(votes.prevotes().certificate(), validator).ifPresent(heard::add);
      certified(votes.precommits().certificate(), validator).ifPresent(heard::add);
    }
    return List.copyOf(heard);
  }

  /** The current height counts once something was said at it. */
  Standing standing() {
    var decided = state.tip().height();
    var highest = state.hasSpoken() ? state.height() : decided;
    return new Standing(decided, highest, state.round(), state.round());
  }

  /**
   * A vote that was forgotten is at most one height above what others had reached: nobody votes at
   * a height before a quorum has decided the one below.
   */
  boolean isBeyond(Certificate commit, Standing reported) {
    return commit.height().isAbove(reported.highest().next());
  }

  private static Optional<TendermintMessage> certified(
      Optional<Certificate> certificate, ValidatorId validator) {
    return certificate
        .filter(it -> it.signers().stream().anyMatch(s -> s.validator().equals(validator)))
        .map(CertificateMessage::new);
  }
}
