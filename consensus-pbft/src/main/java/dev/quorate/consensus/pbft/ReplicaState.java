package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.OwnVotes.OwnVote;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.time.Instant;
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
  private final Height genesis;
  private View view;
  private View pending;
  private boolean active = true;
  private View deliveredIn = View.ZERO;
  private BlockRef committed;
  private Instant committedTime;
  private @Nullable Certificate tipCommit;
  private @Nullable ViewChange claim;
  private @Nullable NewView entry;
  private boolean tipIsDue;
  private BlockRef base;
  private BlockRef preparedTip;
  private @Nullable Certificate high;
  private boolean dirty;
  private long beat;

  ReplicaState(
      EngineContext context,
      PbftParameters parameters,
      Restored.Tip delivered,
      Optional<Certificate> commit) {
    this.self = context.self();
    this.validators = context.validators();
    this.parameters = parameters;
    this.primaries = Primaries.of(validators, parameters.rotation());
    this.window = new SlotWindow(delivered.height(), parameters.lookahead(), validators);
    this.genesis = context.initialHeight().previous();
    this.view = View.ZERO;
    this.pending = View.ZERO;
    this.committed = new BlockRef(delivered.height(), delivered.id());
    this.committedTime = delivered.time();
    this.tipCommit = commit.orElse(null);
    this.base = committed;
    this.preparedTip = committed;
  }

  /** Takes over what was saved, as far as it is above what is delivered. */
  void restore(PbftState saved) {
    view = saved.view();
    pending = saved.pending();
    active = saved.active();
    deliveredIn = saved.deliveredIn();
    claim = saved.claim().orElse(null);
    entry = saved.entry().orElse(null);
    high = saved.high().orElse(null);
    saved.prepares().forEach(prepares::add);
    saved.commits().forEach(commits::add);
    prepares.advance(committed.height());
    commits.advance(committed.height());
    if (saved.preparedTip().height().isAbove(committed.height())) {
      base = saved.base();
      preparedTip = saved.preparedTip();
      tipIsDue = saved.tipIsDue();
    }
  }

  PbftState snapshot() {
    return new PbftState(
        view,
        pending,
        active,
        deliveredIn,
        Optional.ofNullable(claim),
        Optional.ofNullable(entry),
        base,
        tipIsDue,
        preparedTip,
        new ArrayList<>(prepares.all()),
        new ArrayList<>(commits.all()),
        Optional.ofNullable(high));
  }

  View view() {
    return view;
  }

  /** The view that this replica is in, or wants to be in. */
  View pending() {
    return pending;
  }

  /** Whether this replica takes part in its view; false from its ViewChange to the new view. */
  boolean isActive() {
    return active;
  }

  /** Views since the last delivered block: k of T(v). */
  int viewsSinceDelivery() {
    return pending.value() - deliveredIn.value();
  }

  /** Its own ViewChange for the pending view, as it was first made. */
  Optional<ViewChange> claim() {
    return Optional.ofNullable(claim);
  }

  /**
   * The NewView by which it entered its view; anybody may be given it (R17). None of its own that
   * is still unsigned and holds a vote for what is delivered by now: there nothing is signed any
   * more.
   */
  Optional<NewView> entry() {
    return Optional.ofNullable(entry).filter(_ -> !isOpeningLost());
  }

  /** Whether it opened its view by a NewView that can never be signed: nobody can follow it. */
  boolean isOpeningLost() {
    return entry != null
        && entry.signature().equals(Signature.UNSIGNED)
        && entry.tip().filter(it -> !it.vote().height().isAbove(committed.height())).isPresent();
  }

  /** The own NewView, first as it is to be signed, then signed. */
  void enteredBy(NewView signed) {
    entry = signed;
    dirty = true;
  }

  /** Whether the certified tip that the view began with is still to be PREPAREd here (R2). */
  boolean isTipDue() {
    return tipIsDue;
  }

  /** The height below the first block. */
  Height genesis() {
    return genesis;
  }

  /** The last delivered block. */
  BlockRef committed() {
    return committed;
  }

  /** The commit certificate of the last delivered block; none at genesis. */
  Optional<Certificate> tipCommit() {
    return Optional.ofNullable(tipCommit);
  }

  /** Where the chain of this view's PREPAREs begins. */
  BlockRef base() {
    return base;
  }

  /** The last block that was PREPAREd here in this view, or the base. */
  BlockRef preparedTip() {
    return preparedTip;
  }

  /** Its time, or the last delivered block's where its body is not here. */
  Instant preparedTime() {
    return window.candidate(preparedTip).map(it -> it.block().time()).orElse(committedTime);
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

  /** R2: the certified tip of the view is PREPAREd first. */
  SignedVote prepareTip(Candidate candidate) {
    mustBeActive();
    if (!tipIsDue || !candidate.ref().equals(base)) {
      throw new IllegalStateException(candidate.block() + " is not the tip of view " + view);
    }
    var block = candidate.block();
    prepares.add(new OwnVote(view, block.height(), block.id(), block.time()));
    tipIsDue = false;
    dirty = true;
    return unsigned(VoteType.PREPARE, candidate);
  }

  /** R2: at most one PREPARE for a height of a view, each on the one before. */
  SignedVote prepare(Candidate candidate) {
    mustBeActive();
    var block = candidate.block();
    if (tipIsDue
        || !block.parent().equals(preparedTip.id())
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
    mustBeActive();
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
    tipIsDue = false;
    dirty = true;
  }

  /**
   * The certificate of the highest rank that may be claimed: a prepared one, or the tip's commit.
   */
  Optional<Certificate> highest() {
    if (high == null || (tipCommit != null && ranksAbove(tipCommit, high))) {
      return Optional.ofNullable(tipCommit);
    }
    return Optional.of(high);
  }

  /** R9: nothing is given in lower views from now on. Returns the claim, to be signed. */
  ViewChange leaveFor(View newView) {
    if (!newView.isAbove(pending)) {
      throw new IllegalStateException("from view " + pending + " to " + newView);
    }
    pending = newView;
    active = false;
    var highest = highest();
    var made = new Claim(newView, self, highest.map(Claim.High::of), committed);
    claim =
        new ViewChange(
            new SignedClaim(made, Signature.UNSIGNED), highest, Optional.ofNullable(tipCommit));
    dirty = true;
    return claim;
  }

  /** R13, R14: takes part in a view from now on, on a certified base. */
  void enter(View newView, BlockRef certified, boolean withTip, Optional<NewView> by) {
    if (pending.isAbove(newView) || (active && !newView.isAbove(view))) {
      throw new IllegalStateException("from view " + view + " (" + pending + ") to " + newView);
    }
    view = newView;
    pending = newView;
    active = true;
    entry = by.orElse(null);
    claim = null;
    base = certified.height().isAbove(committed.height()) ? certified : committed;
    preparedTip = base;
    tipIsDue = withTip && base.equals(certified) && !base.equals(committed);
    var needed = window.namesDownFrom(base);
    highest().map(BlockRef::of).map(window::namesDownFrom).ifPresent(needed::addAll);
    window.enter(needed);
    dirty = true;
  }

  /** R4, R5: moves the low watermark; all that is said about lower heights is forgotten. */
  void deliver(Block block, Certificate certificate) {
    committed = BlockRef.of(block);
    committedTime = block.time();
    tipCommit = certificate;
    deliveredIn = pending;
    prepares.advance(block.height());
    commits.advance(block.height());
    window.advance(block.height());
    if (tipIsDue && !base.height().isAbove(block.height())) {
      tipIsDue = false;
    }
    rebase(committed);
    dirty = true;
  }

  /** Whether a durable part changed since this was last asked. */
  boolean isDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  /** Who opens a view. */
  ValidatorId primaryOf(View opened) {
    return primaries.of(opened, new Height(0));
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

  private void mustBeActive() {
    if (!active) {
      throw new IllegalStateException("a vote in view " + view + " after leaving for " + pending);
    }
  }

  private static boolean ranksAbove(Certificate one, Certificate other) {
    return Rank.of(one).isAbove(Rank.of(other));
  }
}
