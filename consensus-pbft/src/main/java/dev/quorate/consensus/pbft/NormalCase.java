package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.pbft.SlotWindow.Chain;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The three phases within a view: PREPARE in order what was accepted (R2), COMMIT what is prepared
 * (R3), deliver what is committed (R4).
 *
 * <p>The {@link Intake} fills the slots; {@link #progress()} applies every rule that has become
 * applicable, lowest height first, until none is.
 */
final class NormalCase {
  private final ReplicaState state;
  private final SlotWindow window;
  private final Outbox out;
  private final Bodies bodies;

  NormalCase(ReplicaState state, Bodies bodies) {
    this.state = state;
    this.bodies = bodies;
    this.window = state.window;
    this.out = state.out;
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
    fetchBase();
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
              .filter(it -> it.isTimelyAfter(state.preparedTime()))
              .filter(it -> it.block().parent().equals(state.preparedTip().id()));
      if (candidate.isEmpty() || state.prepares().hasVoted(next, state.view())) {
        return prepared;
      }
      out.broadcast(new Prepare(state.prepare(candidate.get())));
      prepared = true;
    }
    return prepared;
  }

  /** R14: what a ticket named is fetched before anything is PREPAREd on it. */
  private void fetchBase() {
    var base = state.base();
    boolean undelivered = base.height().isAbove(state.committed().height());
    if (undelivered && window.candidate(base).filter(Candidate::isValid).isEmpty()) {
      bodies.fetchChainOf(base);
    }
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
    state.deliver(block, certificate);
  }

  private void halt(String certificate, Candidate candidate) {
    out.add(
        new Effect.Halt<>(
            "%s names %s, which is invalid here: %s"
                .formatted(certificate, candidate.block(), candidate.reason())));
  }
}
