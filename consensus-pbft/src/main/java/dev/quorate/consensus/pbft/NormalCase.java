package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Timeliness;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.SlotWindow.Chain;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three phases within a view: accept (R1), PREPARE in order (R2), COMMIT what is prepared (R3),
 * deliver what is committed (R4).
 *
 * <p>Messages only fill the slots; {@link #progress()} then applies every rule that has become
 * applicable, lowest height first, until none is.
 */
final class NormalCase {
  private final ReplicaState state;
  private final SlotWindow window;
  private final Outbox out;
  private final Bodies bodies;
  private @Nullable Conflict conflict;

  NormalCase(ReplicaState state, Bodies bodies) {
    this.state = state;
    this.bodies = bodies;
    this.window = state.window;
    this.out = state.out;
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
      slot.keepForLater(message, receivedAt);
      return;
    }
    var first = slot.proposal();
    if (first.isPresent()) {
      if (!first.get().block().equals(block)) {
        accuse(first.get().prepare(), message.prepare());
      }
      return;
    }
    slot.keep(block)
        .ifPresent(
            candidate -> {
              slot.propose(message);
              if (!from.equals(state.self) && !isTimely(message, receivedAt)) {
                candidate.untimely();
              }
            });
    count(from, slot.prepares(), message.prepare());
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
    if (!window.contains(certificate.height())) {
      state.ignore(from, "certificate out of reach");
      return;
    }
    var slot = window.open(certificate.height(), state.beat());
    switch (certificate.type()) {
      case PREPARE -> slot.preparedBy(certificate);
      case COMMIT -> slot.committedBy(certificate);
    }
  }

  void onBlockChecked(BlockId id, Verdict verdict) {
    for (var slot : window.ascending()) {
      var candidate = slot.candidate(id);
      if (candidate.isPresent()) {
        switch (verdict) {
          case Verdict.Valid() -> candidate.get().valid();
          case Verdict.Invalid(var reason) -> candidate.get().invalid(reason);
        }
      }
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

  /** Whether a proposal of this view was judged invalid. */
  boolean hasInvalidProposal() {
    for (var slot : window.ascending()) {
      var proposed = slot.proposal().flatMap(it -> slot.candidate(it.block().id()));
      if (proposed.isPresent() && proposed.get().check() == Candidate.Check.INVALID) {
        return true;
      }
    }
    return false;
  }

  /** A final block from a peer's chain, already proven: R14b follows from delivering it. */
  void onSynced(Block block, Certificate commit) {
    if (block.height().equals(state.committed().height().next())
        && block.parent().equals(state.committed().id())) {
      deliver(block, commit);
    }
  }

  /** Applies the rules until none applies. */
  void progress() {
    boolean changed = true;
    while (changed) {
      askForChecks();
      changed = prepareInOrder();
      changed |= commitPrepared();
      changed |= deliverCommitted();
    }
  }

  /** A body is judged once the body that it builds on is known to be valid. */
  private void askForChecks() {
    for (var slot : window.ascending()) {
      for (var candidate : slot.candidates()) {
        if (candidate.check() == Candidate.Check.WAITING) {
          askIfParentIsChecked(candidate);
        }
      }
    }
  }

  private void askIfParentIsChecked(Candidate candidate) {
    var block = candidate.block();
    var parent = new BlockRef(block.height().previous(), block.parent());
    if (parent.height().equals(state.committed().height())) {
      if (parent.equals(state.committed())) {
        ask(candidate);
      } else {
        candidate.invalid("its parent is not the delivered block");
      }
      return;
    }
    var held = window.candidate(parent);
    if (held.isEmpty()) {
      return;
    }
    switch (held.get().check()) {
      case VALID -> ask(candidate);
      case INVALID -> candidate.invalid("its parent is invalid: " + held.get().reason());
      case WAITING, ASKED -> {}
    }
  }

  private void ask(Candidate candidate) {
    candidate.asked();
    out.add(new Effect.CheckBlock<>(candidate.block()));
  }

  /** R2: PREPARE this view's proposals one height after the other, within the window. */
  private boolean prepareInOrder() {
    if (!state.isActive()) {
      return false;
    }
    boolean prepared = prepareTip();
    while (!state.isTipDue()) {
      var next = state.preparedTip().height().next();
      if (next.isAbove(state.committed().height().plus(state.parameters.window()))) {
        return prepared;
      }
      var candidate =
          window
              .find(next)
              .flatMap(slot -> slot.proposal().flatMap(p -> slot.candidate(p.block().id())))
              .filter(Candidate::isValid)
              .filter(Candidate::isTimely)
              .filter(it -> it.block().parent().equals(state.preparedTip().id()));
      if (candidate.isEmpty() || state.prepares().hasVoted(next, state.view())) {
        return prepared;
      }
      out.broadcast(new Prepare(state.prepare(candidate.get())));
      prepared = true;
    }
    return prepared;
  }

  private boolean prepareTip() {
    if (!state.isTipDue() || !bodies.holdChainOf(state.base())) {
      return false;
    }
    var tip = window.candidate(state.base());
    tip.ifPresent(it -> out.broadcast(new Prepare(state.prepareTip(it))));
    return tip.isPresent();
  }

  /**
   * R3: the highest prepared certificate of this view whose chain of bodies is here and valid
   * justifies a COMMIT for its block and for every undelivered ancestor.
   */
  private boolean commitPrepared() {
    var descending = new ArrayList<>(window.ascending()).reversed();
    for (var slot : descending) {
      var certificate = slot.prepared();
      if (certificate.isPresent() && isDue(certificate.get()) && commitChain(certificate.get())) {
        return true;
      }
    }
    return false;
  }

  /** A COMMIT is due for it in this view, or it ranks above what is remembered. */
  private boolean isDue(Certificate certificate) {
    if (state.isActive() && View.of(certificate.round()).equals(state.view())) {
      return !state.commits().hasVoted(certificate.height(), state.view());
    }
    return state.high().filter(it -> !Rank.of(certificate).isAbove(Rank.of(it))).isEmpty();
  }

  private boolean commitChain(Certificate certificate) {
    return switch (window.chainTo(BlockRef.of(certificate), state.committed())) {
      case Chain.Missing(var ref) -> {
        bodies.fetch(ref, certificate);
        yield false;
      }
      case Chain.Foreign(var ref) -> false;
      case Chain.Complete(var blocks) -> commitBlocks(certificate, blocks);
    };
  }

  private boolean commitBlocks(Certificate certificate, List<Candidate> chain) {
    for (var candidate : chain) {
      if (candidate.check() == Candidate.Check.INVALID) {
        halt("a prepared certificate", candidate);
      }
      if (!candidate.isValid()) {
        return false;
      }
    }
    state.certified(certificate);
    chain.forEach(bodies::store);
    if (!state.isActive() || !View.of(certificate.round()).equals(state.view())) {
      return true;
    }
    for (var candidate : chain) {
      if (!state.commits().hasVoted(candidate.block().height(), state.view())) {
        out.broadcast(new Commit(state.commit(candidate)));
      }
    }
    state.rebase(BlockRef.of(certificate));
    return true;
  }

  /** R4: a height is delivered when its parent is and its own commit certificate is here. */
  private boolean deliverCommitted() {
    boolean delivered = false;
    while (true) {
      var slot = window.find(state.committed().height().next());
      var certificate = slot.flatMap(Slot::commitCertificate);
      if (certificate.isEmpty()) {
        return delivered;
      }
      var candidate = window.candidate(BlockRef.of(certificate.get()));
      if (candidate.isEmpty()) {
        bodies.fetch(BlockRef.of(certificate.get()), certificate.get());
        return delivered;
      }
      if (candidate.get().check() == Candidate.Check.INVALID) {
        halt("a commit certificate", candidate.get());
        return delivered;
      }
      if (!candidate.get().isValid()) {
        return delivered;
      }
      deliver(candidate.get().block(), certificate.get());
      delivered = true;
    }
  }

  private void deliver(Block block, Certificate certificate) {
    out.add(new Effect.Commit<>(block, certificate));
    state.deliver(BlockRef.of(block), certificate);
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
    out.add(new Effect.Accuse<>(first, second));
    boolean twoBlocks = !first.vote().blockId().equals(second.vote().blockId());
    if (twoBlocks && first.vote().type() == VoteType.PREPARE) {
      conflict = new Conflict(first, second);
    }
  }

  private void halt(String certificate, Candidate candidate) {
    out.add(
        new Effect.Halt<>(
            "%s names %s, which is invalid here: %s"
                .formatted(certificate, candidate.block(), candidate.reason())));
  }

  private static boolean isTimely(PrePrepare message, Instant receivedAt) {
    return Timeliness.DEFAULT.isTimely(message.block().time(), receivedAt, message.view().value());
  }
}
