package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What messages say, put into the slots: proposals (R1), votes and certificates.
 *
 * <p>Nothing is decided here; {@link NormalCase#progress()} applies the rules to what the slots
 * hold. Only contradictions are noticed on the spot, because the second statement is not kept.
 */
final class Intake {
  private final ReplicaState state;
  private final SlotWindow window;
  private final Tickets tickets;
  private @Nullable Conflict conflict;

  Intake(ReplicaState state, Tickets tickets) {
    this.state = state;
    this.window = state.window;
    this.tickets = tickets;
  }

  /** R1: the first proposal of the primary for a height of this view; anybody may relay it. */
  void onPrePrepare(ValidatorId from, PrePrepare message, Instant receivedAt) {
    var block = message.block();
    boolean early =
        message.view().isAbove(state.view()) && !state.pending().isAbove(message.view());
    if (!early && (!message.view().equals(state.view()) || !state.isActive())) {
      state.ignore(from, "PRE-PREPARE of another view");
      return;
    }
    var primary = state.primaries.of(message.view(), block.height());
    if (!message.prepare().validator().equals(primary)) {
      state.ignore(from, "PRE-PREPARE not signed by the primary");
      return;
    }
    if (!window.contains(block.height())) {
      state.ignore(from, "PRE-PREPARE out of reach");
      return;
    }
    var slot = window.open(block.height(), state.beat());
    if (early) {
      slot.keepForLater(message, receivedAt, state.pending());
    } else {
      propose(from, slot, message, receivedAt);
    }
  }

  private void propose(ValidatorId from, Slot slot, PrePrepare message, Instant receivedAt) {
    var first = slot.proposal();
    if (first.isPresent()) {
      if (!first.get().block().equals(message.block())) {
        accuse(first.get().prepare(), message.prepare());
      }
      return;
    }
    slot.keep(message.block())
        .ifPresent(
            candidate -> {
              slot.propose(message);
              if (!from.equals(state.self)) {
                candidate.arrived(receivedAt, state.viewsSinceDelivery());
              }
            });
    count(from, slot.prepares(), message.prepare());
    slot.preparedCertificate(state.view()).ifPresent(it -> compare(slot, it));
  }

  void onPrepare(ValidatorId from, SignedVote vote) {
    if (View.of(vote.vote().round()).compareTo(state.view()) < 0) {
      state.ignore(from, "PREPARE of an earlier view");
      return;
    }
    onVote(from, vote);
  }

  /** R4: COMMITs count whatever their view. */
  void onCommit(ValidatorId from, SignedVote vote) {
    onVote(from, vote);
  }

  /** A certificate proves itself and counts as a whole. */
  void onCertificate(ValidatorId from, Certificate certificate) {
    if (!certificate.hasQuorum(state.validators)) {
      state.ignore(from, "certificate without a quorum");
      return;
    }
    if (!certificate.height().isAbove(state.committed().height())) {
      onDeliveredHeight(from, certificate);
      return;
    }
    if (!window.contains(certificate.height())) {
      state.ignore(from, "certificate out of reach");
      return;
    }
    var slot = window.open(certificate.height(), state.beat());
    switch (certificate.type()) {
      case PREPARE -> {
        compare(slot, certificate);
        slot.preparedBy(certificate);
      }
      case COMMIT -> slot.committedBy(certificate);
    }
  }

  /** The primary's PREPARE for the tip, which came in its NewView. */
  void onTip(SignedVote vote) {
    if (window.contains(vote.vote().height())) {
      var slot = window.open(vote.vote().height(), state.beat());
      count(vote.validator(), slot.prepares(), vote);
    }
  }

  /** Proposals of this view that came before the view did. */
  void takeKeptProposals() {
    for (var slot : List.copyOf(window.ascending())) {
      slot.takeKept(state.view())
          .ifPresent(
              it ->
                  onPrePrepare(it.message().prepare().validator(), it.message(), it.receivedAt()));
    }
  }

  /** The last pair of conflicting PREPAREs that was seen, once. */
  Optional<Conflict> takeConflict() {
    var taken = Optional.ofNullable(conflict);
    conflict = null;
    return taken;
  }

  /** What is delivered needs no votes any more, but its certificate may still admit to a view. */
  private void onDeliveredHeight(ValidatorId from, Certificate certificate) {
    var delivered = state.committed();
    boolean fork =
        certificate.type() == VoteType.COMMIT
            && certificate.height().equals(delivered.height())
            && !certificate.blockId().equals(delivered.id());
    if (fork) {
      state.out.add(
          new Effect.Halt<>(
              "a commit certificate names %s where %s is delivered"
                  .formatted(BlockRef.of(certificate), delivered)));
    } else if (!tickets.keep(certificate)) {
      state.ignore(from, "certificate of a delivered height");
    }
  }

  /** R8d: a certificate for another block than the primary's proposal may hold its second vote. */
  private void compare(Slot slot, Certificate certificate) {
    var proposal = slot.proposal();
    if (conflict != null
        || !state.isActive()
        || proposal.isEmpty()
        || !proposal.get().view().equals(View.of(certificate.round()))
        || proposal.get().block().id().equals(certificate.blockId())) {
      return;
    }
    var first = proposal.get().prepare();
    certificate.votes().stream()
        .filter(it -> it.validator().equals(first.validator()))
        .findFirst()
        .ifPresent(second -> accuse(first, second));
  }

  private void onVote(ValidatorId from, SignedVote signed) {
    var height = signed.vote().height();
    if (!from.equals(signed.validator())) {
      state.ignore(from, "vote of another validator");
      return;
    }
    if (!window.contains(height)) {
      state.ignore(from, "vote out of reach");
      return;
    }
    var slot = window.open(height, state.beat());
    var book = signed.vote().type() == VoteType.PREPARE ? slot.prepares() : slot.commits();
    count(from, book, signed);
  }

  private void count(ValidatorId from, VoteBook book, SignedVote vote) {
    switch (book.add(vote)) {
      case VoteBook.Entry.Counted counted -> {}
      case VoteBook.Entry.Known known -> {}
      case VoteBook.Entry.Conflict(var first) -> accuse(first, vote);
      case VoteBook.Entry.Dropped dropped -> state.ignore(from, "vote for which there is no room");
    }
  }

  private void accuse(SignedVote first, SignedVote second) {
    state.out.add(new Effect.Accuse<>(first, second));
    boolean twoBlocks = !first.vote().blockId().equals(second.vote().blockId());
    if (twoBlocks && first.vote().type() == VoteType.PREPARE) {
      conflict = new Conflict(first, second);
    }
  }
}
