package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this replica can tell a validator that comes back about that validator's own promises, and
 * when a validator that has lost them may give new ones.
 */
final class Witness {
  private final ReplicaState state;

  Witness(ReplicaState state) {
    this.state = state;
  }

  /**
   * The validator's votes above the delivered height, its ViewChange and NewView, and the
   * certificates that name it: at most 2 x {@link VoteBook#VIEWS_KEPT} + 2 for a height, and three.
   */
  List<PbftMessage> heardFrom(ValidatorId validator, Optional<ViewChange> latest) {
    var heard = new ArrayList<PbftMessage>();
    latest.ifPresent(heard::add);
    state.entry().filter(it -> it.primary().equals(validator)).ifPresent(heard::add);
    certified(state.tipCommit(), validator).ifPresent(heard::add);
    for (var slot : state.window.ascending()) {
      slot.prepares().votesOf(validator).forEach(it -> heard.add(new Prepare(it)));
      slot.commits().votesOf(validator).forEach(it -> heard.add(new Commit(it)));
      certified(slot.prepared(), validator).ifPresent(heard::add);
      certified(slot.commitCertificate(), validator).ifPresent(heard::add);
    }
    return List.copyOf(heard);
  }

  Standing standing() {
    var committed = state.committed().height();
    var votes = Stream.concat(state.prepares().all().stream(), state.commits().all().stream());
    var voted = votes.map(OwnVotes.OwnVote::height).max(Height::compareTo).orElse(committed);
    var certified = state.highest().map(Certificate::height).orElse(committed);
    var highest = Stream.of(committed, voted, certified, state.preparedTip().height());
    return new Standing(
        committed,
        highest.max(Height::compareTo).orElse(committed),
        state.view().round(),
        state.pending().round());
  }

  /**
   * A forgotten PREPARE or COMMIT is at most a window above what others had prepared, and in a view
   * at most one above theirs; so is a forgotten claim. Above both there is none.
   */
  boolean isBeyond(Certificate commit, Standing reported) {
    int window = state.parameters.window();
    return commit.height().isAbove(reported.highest().plus(window))
        && (long) commit.round().value() > reported.pending().value() + 1L;
  }

  private static Optional<PbftMessage> certified(
      Optional<Certificate> certificate, ValidatorId validator) {
    return certificate
        .filter(it -> it.signers().stream().anyMatch(s -> s.validator().equals(validator)))
        .map(CertificateMessage::new);
  }
}
