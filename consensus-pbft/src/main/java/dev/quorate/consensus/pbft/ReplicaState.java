package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.OwnVotes.OwnVote;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one replica: what it has promised (durable) and what it has heard (not).
 *
 * <p>Durable are the view, the base, the prepared chain, the own votes above the last delivered
 * height and the highest prepared certificate; every change of them sets {@link #isDirty()}, and
 * the engine persists before anything that rests on it is seen.
 */
final class ReplicaState {
  final ValidatorId self;
  final ValidatorSet validators;
  final PbftParameters parameters;
  final Primaries primaries;
  final SlotWindow window;
  final Outbox out = new Outbox();

  private final OwnVotes prepares = new OwnVotes();
  private final OwnVotes commits = new OwnVotes();
  private View view;
  private BlockRef committed;
  private BlockRef base;
  private BlockRef preparedTip;
  private @Nullable Certificate high;
  private boolean dirty;
  private long beat;

  ReplicaState(EngineContext context, PbftParameters parameters, BlockRef delivered) {
    this.self = context.self();
    this.validators = context.validators();
    this.parameters = parameters;
    this.primaries = Primaries.of(validators, parameters.rotation());
    this.window = new SlotWindow(delivered.height(), parameters.lookahead(), validators);
    this.view = View.ZERO;
    this.committed = delivered;
    this.base = delivered;
    this.preparedTip = delivered;
  }

  /** Takes over what was saved, as far as it is above what is delivered. */
  void restore(PbftState saved) {
    view = saved.view();
    high = saved.high().orElse(null);
    saved.prepares().forEach(prepares::add);
    saved.commits().forEach(commits::add);
    prepares.advance(committed.height());
    commits.advance(committed.height());
    if (saved.preparedTip().height().isAbove(committed.height())) {
      base = saved.base();
      preparedTip = saved.preparedTip();
    }
  }

  PbftState snapshot() {
    return new PbftState(
        view,
        base,
        preparedTip,
        new ArrayList<>(prepares.all()),
        new ArrayList<>(commits.all()),
        Optional.ofNullable(high));
  }

  View view() {
    return view;
  }

  /** The last delivered block. */
  BlockRef committed() {
    return committed;
  }

  /** Where the chain of this view's PREPAREs begins. */
  BlockRef base() {
    return base;
  }

  /** The last block that was PREPAREd here in this view, or the base. */
  BlockRef preparedTip() {
    return preparedTip;
  }

  OwnVotes prepares() {
    return prepares;
  }

  OwnVotes commits() {
    return commits;
  }

  /** The prepared certificate of the highest rank: by view, then by height. */
  Optional<Certificate> high() {
    return Optional.ofNullable(high);
  }

  /** Heartbeats since the start. */
  long beat() {
    return beat;
  }

  void nextBeat() {
    beat++;
  }

  /** R2: at most one PREPARE for a height of a view, each on the one before. */
  SignedVote prepare(Candidate candidate) {
    var block = candidate.block();
    if (!block.parent().equals(preparedTip.id())
        || !block.height().equals(preparedTip.height().next())) {
      throw new IllegalStateException(block + " does not follow " + preparedTip);
    }
    prepares.add(new OwnVote(view, block.height(), block.id(), block.time()));
    preparedTip = candidate.ref();
    dirty = true;
    return unsigned(VoteType.PREPARE, candidate);
  }

  /** R3: at most one COMMIT for a height of a view. */
  SignedVote commit(Candidate candidate) {
    var block = candidate.block();
    commits.add(new OwnVote(view, block.height(), block.id(), block.time()));
    dirty = true;
    return unsigned(VoteType.COMMIT, candidate);
  }

  /** R3: remembers a prepared certificate of the highest rank. */
  void certified(Certificate certificate) {
    if (high == null || ranksAbove(certificate, high)) {
      high = certificate;
      dirty = true;
    }
  }

  /** R14b: a certified block at or above the prepared tip becomes the base of this view. */
  void rebase(BlockRef certified) {
    if (preparedTip.height().isAbove(certified.height()) || preparedTip.equals(certified)) {
      return;
    }
    base = certified;
    preparedTip = certified;
    dirty = true;
  }

  /** R4, R5: moves the low watermark; all that is said about lower heights is forgotten. */
  void deliver(BlockRef block) {
    committed = block;
    prepares.advance(block.height());
    commits.advance(block.height());
    window.advance(block.height());
    rebase(block);
    dirty = true;
  }

  /** Whether a durable part changed since this was last asked. */
  boolean isDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  ValidatorId primaryOf(Height height) {
    return primaries.of(view, height);
  }

  void ignore(ValidatorId from, String reason) {
    out.add(new Effect.Ignored<>(from, reason));
  }

  SignedVote unsigned(VoteType type, OwnVote vote) {
    return SignedVote.unsigned(
        new Vote(type, vote.height(), vote.view().round(), vote.id(), vote.time(), self));
  }

  private SignedVote unsigned(VoteType type, Candidate candidate) {
    var block = candidate.block();
    return unsigned(type, new OwnVote(view, block.height(), block.id(), block.time()));
  }

  private static boolean ranksAbove(Certificate one, Certificate other) {
    int byView = one.round().compareTo(other.round());
    return byView > 0 || (byView == 0 && one.height().isAbove(other.height()));
  }
}
