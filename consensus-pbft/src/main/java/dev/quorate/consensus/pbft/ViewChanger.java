package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Complain.Reason;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leaving a view and entering the next one (R9 to R14), and the timer T(v). */
final class ViewChanger {
  private final ReplicaState state;
  private final Intake intake;
  private final Discontent discontent;
  private final ViewChangeBook book;
  private final NewViewMaker maker;
  private final Tickets tickets;
  private @Nullable TimedSpan timed;
  private @Nullable Conflict proof;
  private boolean resending;

  ViewChanger(
      ReplicaState state, Bodies bodies, Intake intake, Tickets tickets, Discontent discontent) {
    this.state = state;
    this.intake = intake;
    this.tickets = tickets;
    this.discontent = discontent;
    this.book = new ViewChangeBook(state.validators);
    this.maker = new NewViewMaker(state, bodies, intake, book);
  }

  /** What T(v) is running for; a delivery or another view begins a new span. */
  private record TimedSpan(View view, boolean active, Height delivered) {}

  /** R8d: a pair of conflicting PREPAREs of this view's primary is reason enough. */
  void onConflict(Conflict conflict) {
    var vote = conflict.first().vote();
    boolean ofPrimary =
        View.of(vote.round()).equals(state.view())
            && vote.validator().equals(state.primaryOf(vote.height()));
    if (ofPrimary && state.isActive()) {
      proof = conflict;
      state.out.broadcast(conflict);
      leaveForNext();
    }
  }

  /** R11: valid as a whole, or ignored as a whole. */
  void onViewChange(ValidatorId from, ViewChange message) {
    var claim = message.claim();
    if (!from.equals(claim.claimant())) {
      state.ignore(from, "VIEW-CHANGE of another validator");
      return;
    }
    if (!isProven(message.high()) || !isProven(message.commit())) {
      state.ignore(from, "VIEW-CHANGE with a certificate without a quorum");
      return;
    }
    if (claim.committed().id().isNone() && !claim.committed().height().equals(state.genesis())) {
      state.ignore(from, "VIEW-CHANGE from another genesis");
      return;
    }
    if (!book.add(message) || from.equals(state.self)) {
      return;
    }
    message.high().ifPresent(it -> intake.onCertificate(from, it));
    message.commit().ifPresent(it -> intake.onCertificate(from, it));
    if (claim.committed().height().isAbove(state.committed().height())) {
      var next = state.committed().height().next();
      state.out.add(new Effect.FetchCommitted<>(from, next, claim.committed().height()));
    }
  }

  /** R13: anybody may relay it; its proof is its content. */
  void onNewView(ValidatorId from, NewView message) {
    if (from.equals(state.self)) {
      maker.signed(message);
      return;
    }
    boolean awaited =
        message.view().isAbove(state.pending())
            || (message.view().equals(state.pending()) && !state.isActive());
    if (!awaited) {
      return;
    }
    message.claims().forEach(it -> book.heard(it.claim()));
    var fault = NewViewRules.faultIn(message, state);
    if (fault.isPresent()) {
      state.ignore(from, fault.get());
      return;
    }
    var base = message.certificate().map(BlockRef::of).orElse(state.committed());
    message.certificate().ifPresent(it -> intake.onCertificate(from, it));
    state.enter(message.view(), base, message.certificate().isPresent(), Optional.of(message));
    message.tip().ifPresent(intake::onTip);
    entered();
  }

  /** The last ViewChange of a validator that counts here. */
  Optional<ViewChange> latestOf(ValidatorId validator) {
    return book.of(validator);
  }

  /**
   * R14. Comes before any leaving: a claim names the highest certificate, which must not be of a
   * view above the one that is left.
   */
  void takeTicket() {
    if (tickets.take()) {
      entered();
    }
  }

  /** Applies the rules that need no message: leaving, joining, opening, timers. */
  void progress() {
    book.viewToJoin(state.pending()).ifPresent(this::leaveFor);
    if (discontent.isShared(book)) {
      leaveForNext();
    }
    if (maker.open()) {
      entered();
    }
    watch();
  }

  /** After a restart: nobody can enter the view that this replica opened. */
  void giveUpOpening() {
    leaveForNext();
  }

  /** T(v) is over. */
  void onTimeout() {
    if (timed == null) {
      return;
    }
    if (state.isActive()) {
      discontent.complain(Reason.NO_PROGRESS);
    } else {
      leaveFor(new View(state.pending().value() + 1));
    }
  }

  void onResend() {
    resending = false;
    state.claim().ifPresent(state.out::broadcast);
    if (proof != null) {
      state.out.broadcast(proof);
    }
    discontent.repeat();
  }

  void onFetchTimeout() {
    maker.giveUpOnBodies();
  }

  /** R17: what a peer needs to get into this view, or to know that we left. */
  void help(ValidatorId peer, Status theirs) {
    boolean behind = state.view().isAbove(theirs.view());
    boolean waiting = theirs.view().equals(state.view()) && !theirs.active();
    if (state.isActive() && (behind || waiting) && !theirs.pending().isAbove(state.view())) {
      state
          .entry()
          .<PbftMessage>map(it -> it)
          .or(() -> tickets.to(state.view()).map(CertificateMessage::new))
          .ifPresent(it -> state.out.add(new Effect.Send<>(peer, it)));
    }
    if (state.pending().isAbove(theirs.pending())) {
      state.claim().ifPresent(it -> state.out.add(new Effect.Send<>(peer, it)));
    }
  }

  private void leaveForNext() {
    leaveFor(new View(state.view().value() + 1));
  }

  private void leaveFor(View newView) {
    state.out.broadcast(state.leaveFor(newView));
    discontent.forget();
    maker.reset();
  }

  private void entered() {
    proof = null;
    discontent.forget();
    maker.reset();
    intake.takeKeptProposals();
  }

  private void watch() {
    var span = spanToTime();
    if (span.isEmpty() && timed != null) {
      state.out.add(new Effect.CancelTimer<>(PbftTimer.VIEW));
      discontent.nothingIsPending();
    } else if (span.isPresent() && !span.get().equals(timed)) {
      var timeout = state.parameters.timeout(state.viewsSinceDelivery());
      state.out.add(new Effect.StartTimer<>(PbftTimer.VIEW, timeout));
    }
    timed = span.orElse(null);
    if (!resending && (!state.isActive() || discontent.isComplaining())) {
      resending = true;
      state.out.add(new Effect.StartTimer<>(PbftTimer.RESEND, state.parameters.resend()));
    }
  }

  private Optional<TimedSpan> spanToTime() {
    boolean runs =
        state.isActive() ? discontent.isWorkPending() : book.hasQuorumAtOrAbove(state.pending());
    return runs
        ? Optional.of(new TimedSpan(state.pending(), state.isActive(), state.committed().height()))
        : Optional.empty();
  }

  private boolean isProven(Optional<Certificate> certificate) {
    return certificate.isEmpty() || certificate.get().hasQuorum(state.validators);
  }
}
