package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintState.OwnProposal;
import dev.quorate.consensus.tendermint.TendermintState.Value;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of Algorithm 1 (h, round, step, lockedValue, lockedRound, validValue, validRound),
 * and what was heard at this height. Promises are made here: each is refused unless it is the first
 * of its kind in the round, and leaves only after the snapshot that holds it is on disk.
 */
final class RoundState {
  final ValidatorId self;
  final ValidatorSet validators;
  final TendermintParameters parameters;
  final Outbox out = new Outbox();
  final Candidates candidates;
  final Proposals proposals = new Proposals();
  private Proposers proposers;
  private VoteBook votes;
  private Restored.Tip tip;
  private @Nullable LastCommit lastCommit;

  private Round round = Round.ZERO;
  private Step step = Step.PROPOSE;
  private @Nullable Value locked;
  private @Nullable Value valid;
  private @Nullable Certificate polka;
  private @Nullable OwnProposal proposal;
  private @Nullable SignedVote prevote;
  private @Nullable SignedVote precommit;
  private @Nullable Justification entry;
  private boolean dirty;

  RoundState(EngineContext context, TendermintParameters parameters, Restored restored) {
    this.self = context.self();
    this.validators = context.validators();
    this.parameters = parameters;
    this.tip = restored.tip();
    this.candidates = new Candidates(out, self, tip);
    this.votes = new VoteBook(validators);
    this.lastCommit = restored.tipCommit().map(it -> new LastCommit(validators, it)).orElse(null);
    var saved = restored.state().map(TendermintStateCodec::decode);
    var known =
        saved
            .map(it -> Proposers.restored(validators, it.height(), it.priorities()))
            .orElseGet(() -> Proposers.atGenesis(validators, context.initialHeight()));
    this.proposers = known.movedTo(height());
    // What was promised below a height that is decided binds no more.
    saved.filter(it -> it.height().equals(height())).ifPresent(this::restore);
  }

  private void restore(TendermintState saved) {
    round = saved.round();
    locked = saved.locked().orElse(null);
    valid = saved.valid().orElse(null);
    polka = saved.polka().orElse(null);
    proposal = saved.proposal().orElse(null);
    prevote = saved.prevote().orElse(null);
    precommit = saved.precommit().orElse(null);
    entry = saved.entry().orElse(null);
    if (isOfThisRound(prevote)) {
      step = Step.PREVOTE;
    }
    if (isOfThisRound(precommit)) {
      step = Step.PRECOMMIT;
    }
    votes.enter(round, Set.of());
    saved.polka().ifPresent(votes::add);
    saved.entry().ifPresent(it -> it.votes().forEach(votes::add));
  }

  // Where we are.

  Height height() {
    return tip.height().next();
  }

  Round round() {
    return round;
  }

  Step step() {
    return step;
  }

  /** The last decided block. */
  Restored.Tip tip() {
    return tip;
  }

  Optional<LastCommit> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }

  VoteBook votes() {
    return votes;
  }

  ValidatorId proposerOf(Round asked) {
    return proposers.of(asked);
  }

  boolean isProposer() {
    return proposerOf(round).equals(self);
  }

  /** lockedValue with lockedRound; none is the paper's -1. */
  Optional<Value> locked() {
    return Optional.ofNullable(locked);
  }

  /** validValue with validRound. */
  Optional<Value> valid() {
    return Optional.ofNullable(valid);
  }

  Optional<Certificate> polka() {
    return Optional.ofNullable(polka);
  }

  /** What was proposed here in this round. */
  Optional<OwnProposal> proposal() {
    return Optional.ofNullable(proposal);
  }

  Optional<SignedVote> prevote() {
    return Optional.ofNullable(prevote);
  }

  Optional<SignedVote> precommit() {
    return Optional.ofNullable(precommit);
  }

  /** The votes by which this round was entered; none in round 0. */
  Optional<Justification> entry() {
    return Optional.ofNullable(entry);
  }

  /** Whether anything at this height was said here. */
  boolean hasSpoken() {
    return round.value() > 0 || proposal != null || prevote != null || precommit != null;
  }

  // What we do.

  /** L11-13: a round begins; votes and locks of the height stay. */
  void enter(Round next, @Nullable Justification because) {
    if (next.compareTo(round) < 0) {
      throw new IllegalStateException("from round " + round + " back to " + next);
    }
    boolean moves = !next.equals(round);
    round = next;
    step = Step.PROPOSE;
    if (moves) {
      proposal = null;
      entry = because;
      var needed = new HashSet<Round>();
      locked().ifPresent(it -> needed.add(it.round()));
      valid().ifPresent(it -> needed.add(it.round()));
      votes.enter(round, needed);
      proposals.enter(round);
      candidates.prune(neededBodies());
      dirty = true;
    }
  }

  /** L14-19: at most one proposal in a round. */
  Proposal propose(Candidate candidate, Optional<Round> validRound) {
    var block = candidate.block();
    var mine = new OwnProposal(valueOf(block), validRound);
    if (proposal != null && !proposal.equals(mine)) {
      throw new IllegalStateException("proposed " + proposal + " and would now propose " + mine);
    }
    proposal = mine;
    dirty = true;
    candidates.store(candidate);
    return Proposal.unsigned(block, round, validRound, self);
  }

  /** At most one prevote in a round; nil is no candidate. The body that it names is stored. */
  SignedVote prevote(@Nullable Candidate candidate) {
    mustBeIn(Step.PROPOSE);
    var vote = unsigned(VoteType.PREPARE, candidate);
    prevote = vote;
    step = Step.PREVOTE;
    return vote;
  }

  /** At most one precommit in a round. */
  SignedVote precommit(@Nullable Candidate candidate) {
    mustBeIn(Step.PREVOTE);
    var vote = unsigned(VoteType.COMMIT, candidate);
    precommit = vote;
    step = Step.PRECOMMIT;
    return vote;
  }

  /** L38-39. */
  void lock(Candidate candidate) {
    locked = valueOf(candidate.block());
    dirty = true;
  }

  /** L42-43; the body has to be there when it is proposed again. */
  void valid(Candidate candidate, Certificate because) {
    var block = candidate.block();
    valid = new Value(because.round(), block.id(), block.time());
    polka = because;
    candidates.store(candidate);
    dirty = true;
  }

  /** An own vote came back signed: it can be repeated in later rounds too. */
  void signed(SignedVote own) {
    if (prevote != null && prevote.vote().equals(own.vote())) {
      prevote = own;
    }
    if (precommit != null && precommit.vote().equals(own.vote())) {
      precommit = own;
    }
  }

  /** L50-54: the next height, round 0. */
  void decided(Block block, Certificate commit) {
    tip = new Restored.Tip(block.height(), block.id(), block.time());
    lastCommit = new LastCommit(validators, commit);
    proposers = proposers.movedTo(height());
    votes = new VoteBook(validators);
    candidates.decided(tip);
    proposals.clear();
    round = Round.ZERO;
    step = Step.PROPOSE;
    locked = null;
    valid = null;
    polka = null;
    proposal = null;
    prevote = null;
    precommit = null;
    entry = null;
    dirty = true;
  }

  /** Whether something was promised since the last snapshot. */
  boolean isDirty() {
    return dirty;
  }

  TendermintState snapshot() {
    dirty = false;
    return new TendermintState(
        height(),
        round,
        proposers.priorities(),
        locked(),
        valid(),
        polka(),
        proposal(),
        prevote(),
        precommit(),
        entry());
  }

  private Set<BlockId> neededBodies() {
    var needed = new HashSet<BlockId>();
    locked().ifPresent(it -> needed.add(it.id()));
    valid().ifPresent(it -> needed.add(it.id()));
    proposals.all().forEach(it -> needed.add(it.block().id()));
    for (var known : votes.rounds()) {
      var both = votes.at(known);
      both.prevotes().quorum().ifPresent(it -> needed.add(it.blockId()));
      both.precommits().quorum().ifPresent(it -> needed.add(it.blockId()));
    }
    return needed;
  }

  private SignedVote unsigned(VoteType type, @Nullable Candidate candidate) {
    dirty = true;
    if (candidate == null) {
      return SignedVote.unsigned(
          new Vote(type, height(), round, BlockId.NONE, CanonicalBytes.ZERO_TIME, self));
    }
    candidates.store(candidate);
    var block = candidate.block();
    return SignedVote.unsigned(new Vote(type, height(), round, block.id(), block.time(), self));
  }

  private Value valueOf(Block block) {
    return new Value(round, block.id(), block.time());
  }

  private void mustBeIn(Step expected) {
    if (step != expected) {
      throw new IllegalStateException("a vote in step " + step + " of round " + round);
    }
  }

  private boolean isOfThisRound(@Nullable SignedVote vote) {
    return vote != null && vote.vote().round().equals(round);
  }
}
