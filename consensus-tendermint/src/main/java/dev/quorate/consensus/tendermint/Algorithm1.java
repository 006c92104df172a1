package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.TendermintState.Value;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.VoteBook.RoundVotes;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Step;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Algorithm 1 of arXiv:1807.04938, one method a line, named after it.
 *
 * <p>What was heard stands in {@link RoundState}; {@link #run()} applies the rules to it, the first
 * enabled one in a fixed order, until none is. Lines 36 and 49 match any block whose body is here,
 * also one that its proposer showed to others only: then it is fetched by its name.
 */
final class Algorithm1 {
  private final RoundState state;
  private final Outbox out;
  private final Exchange exchange;
  private final EnumSet<Once> done = EnumSet.noneOf(Once.class);
  private final Set<Timeout> timeouts = new LinkedHashSet<>();
  private boolean running;
  private boolean halted;

  /** Rules that fire "for the first time" in a round. */
  private enum Once {
    L34,
    L36,
    L47
  }

  Algorithm1(RoundState state, Exchange exchange) {
    this.state = state;
    this.out = state.out;
    this.exchange = exchange;
  }

  /** Whether a round of this height has begun; a height that sleeps has not. */
  boolean isRunning() {
    return running;
  }

  /** L10: round 0, or after a restart the round where this validator stood. */
  void begin() {
    startRound(state.round(), null);
  }

  /** After a restart: the round goes on where it stood. */
  void resume() {
    running = true;
    if (state.step() == Step.PROPOSE && !state.isProposer()) {
      start(Step.PROPOSE);
    }
  }

  /** The height falls asleep again before anything was said. */
  void sleep() {
    running = false;
    cancelTimeouts();
  }

  /** L11-21, without the proposal itself, which {@link Proposing} makes. */
  private void startRound(Round round, @Nullable Justification because) {
    cancelTimeouts();
    done.clear();
    running = true;
    state.enter(round, because);
    if (round.value() > 0) {
      exchange.repeat();
    }
    if (!state.isProposer()) {
      start(Step.PROPOSE);
    }
  }

  /** Whoever can propose nothing waits like everybody else. */
  void startProposeTimeout() {
    start(Step.PROPOSE);
  }

  /** Asks for the body that a certificate names. */
  void fetch(Certificate certificate) {
    state.candidates.fetch(certificate, exchange.beat());
  }

  /** Applies the rules until none is enabled, or the height is decided. */
  void run() {
    while (running && !halted && applyFirst()) {}
  }

  private boolean applyFirst() {
    return upon49()
        || upon55()
        || upon36()
        || upon36Late()
        || upon28()
        || upon22()
        || upon44()
        || upon34()
        || upon47();
  }

  /** A fresh proposal: prevote it if it is valid, unless locked on another block. */
  private boolean upon22() {
    var first = state.proposals.first(state.round());
    if (state.step() != Step.PROPOSE || first.isEmpty()) {
      return false;
    }
    var proposal = first.get().proposal();
    boolean fresh = proposal.validRound().isEmpty();
    boolean refused = !first.get().timely() || isLockedOnOther(proposal.block());
    if (isInvalid(proposal.block()) || (fresh && refused)) {
      return prevote(null);
    }
    return fresh && prevoteIfValid(proposal.block());
  }

  /** A block that had a polka: prevote it unless locked on another one in a later round. */
  private boolean upon28() {
    if (state.step() != Step.PROPOSE) {
      return false;
    }
    for (var held : state.proposals.all(state.round())) {
      var proposal = held.proposal();
      var block = proposal.block();
      var validRound = proposal.validRound();
      if (validRound.isPresent() && hasPolka(validRound.get(), block.id())) {
        boolean lockIsLater =
            state.locked().filter(it -> it.round().compareTo(validRound.get()) > 0).isPresent();
        if (lockIsLater && isLockedOnOther(block)) {
          return prevote(null);
        }
        return prevoteIfValid(block);
      }
    }
    return false;
  }

  /** A quorum of prevotes of whatever kind: do not wait much longer for a polka. */
  private boolean upon34() {
    if (state.step() != Step.PREVOTE || !here().prevotes().isAnyQuorum() || !done.add(Once.L34)) {
      return false;
    }
    start(Step.PREVOTE);
    return true;
  }

  /** A polka for a valid block of this round: lock it and precommit, or remember it as valid. */
  private boolean upon36() {
    if (state.step() == Step.PROPOSE || done.contains(Once.L36)) {
      return false;
    }
    var polka = here().prevotes().certificate();
    var candidate = polka.flatMap(it -> bodyOf(it, "a polka"));
    if (polka.isEmpty() || candidate.isEmpty()) {
      return false;
    }
    done.add(Once.L36);
    if (state.step() == Step.PREVOTE) {
      state.lock(candidate.get());
      state.valid(candidate.get(), polka.get());
      out.broadcast(new Precommit(state.precommit(candidate.get())));
    } else {
      state.valid(candidate.get(), polka.get());
    }
    return true;
  }

  /**
   * Line 36 for a round that is over (ADR 20): a polka that came too late locks nothing, but its
   * block becomes the valid one. So any proposer proposes it again, not only who is locked on it.
   * An own proposal keeps the polka that it names until its prevote, also over a restart.
   */
  private boolean upon36Late() {
    if (state.step() == Step.PROPOSE && state.proposal().isPresent()) {
      return false;
    }
    for (var late : state.votes().pastPolkas(state.valid().map(Value::round))) {
      var candidate = bodyOf(late, "a polka");
      if (candidate.isPresent()) {
        state.valid(candidate.get(), late);
        return true;
      }
    }
    return false;
  }

  /**
   * A quorum of nil prevotes: precommit nil. And before that, as the paper's timeoutPrevote would
   * say a little later: as soon as no block can get a quorum of prevotes any more.
   */
  private boolean upon44() {
    boolean hopeless = !here().prevotes().canReachQuorum();
    return state.step() == Step.PREVOTE && hopeless && precommitNil();
  }

  /** A quorum of precommits of whatever kind: do not wait much longer for a decision. */
  private boolean upon47() {
    if (!here().precommits().isAnyQuorum() || !done.add(Once.L47)) {
      return false;
    }
    start(Step.PRECOMMIT);
    return true;
  }

  /** A quorum of precommits of any round for a valid block: decide it. */
  private boolean upon49() {
    var commit = state.votes().commit();
    var candidate = commit.flatMap(it -> bodyOf(it, "a commit certificate"));
    if (commit.isEmpty() || candidate.isEmpty()) {
      return false;
    }
    decide(candidate.get().block(), commit.get());
    return true;
  }

  /** A weak quorum is in a later round: one of them is correct, so go there. */
  private boolean upon55() {
    var ahead = state.votes().weakQuorumAhead();
    if (ahead.isEmpty()) {
      return false;
    }
    var votes = state.votes().at(ahead.get()).oneVoteOfEach();
    startRound(ahead.get(), new Justification(votes));
    return true;
  }

  /** L57-67: each only at the height, in the round and in the step that it was started for. */
  void onTimeout(Timeout timeout) {
    timeouts.remove(timeout);
    boolean sameHeight = timeout.height().equals(state.height());
    boolean here = running && sameHeight && timeout.round().equals(state.round());
    if (!here) {
      return;
    }
    switch (timeout.step()) {
      case PROPOSE -> {
        if (state.step() == Step.PROPOSE) {
          prevote(null);
        }
      }
      case PREVOTE -> {
        if (state.step() == Step.PREVOTE) {
          precommitNil();
        }
      }
      case PRECOMMIT -> {
        var because = new Justification(here().precommits().votes());
        startRound(new Round(state.round().value() + 1), because);
      }
    }
  }

  /** L50-54; also for a block that came with its commit from a peer's chain. */
  void decide(Block block, Certificate commit) {
    out.add(new Effect.Commit<>(block, commit));
    cancelTimeouts();
    done.clear();
    running = false;
    state.decided(block, commit);
  }

  private boolean prevoteIfValid(Block block) {
    var candidate = state.candidates.keep(block);
    return switch (candidate.validity()) {
      case Candidate.Validity.Unknown() -> false;
      case Candidate.Validity.Valid() -> prevote(candidate);
      case Candidate.Validity.Invalid(_) -> prevote(null);
    };
  }

  private boolean isInvalid(Block block) {
    return state.candidates.keep(block).validity() instanceof Candidate.Validity.Invalid;
  }

  private boolean isLockedOnOther(Block block) {
    return state.locked().filter(it -> !it.id().equals(block.id())).isPresent();
  }

  private boolean hasPolka(Round round, BlockId id) {
    return state.votes().at(round).prevotes().isQuorumFor(id);
  }

  /** The block that a quorum voted for, if it is here and judged; else it is asked for. */
  private Optional<Candidate> bodyOf(Certificate certificate, String what) {
    var held = state.candidates.find(certificate.blockId());
    if (held.isEmpty()) {
      fetch(certificate);
      return Optional.empty();
    }
    var candidate = held.get();
    if (candidate.validity() instanceof Candidate.Validity.Invalid(var reason)) {
      halt("%s names %s, which is invalid here: %s".formatted(what, candidate.block(), reason));
    } else if (!candidate.block().time().equals(certificate.timestamp())) {
      halt("%s gives %s another time".formatted(what, candidate.block()));
    }
    return held.filter(it -> !halted).filter(Candidate::isValid);
  }

  private boolean prevote(@Nullable Candidate candidate) {
    out.broadcast(new Prevote(state.prevote(candidate)));
    return true;
  }

  private boolean precommitNil() {
    out.broadcast(new Precommit(state.precommit(null)));
    return true;
  }

  private RoundVotes here() {
    return state.votes().at(state.round());
  }

  private void halt(String reason) {
    halted = true;
    out.halt(reason);
  }

  private void start(Step step) {
    var timeout = new Timeout(step, state.height(), state.round());
    timeouts.add(timeout);
    out.start(timeout, state.parameters.timeout(step, state.round()));
  }

  private void cancelTimeouts() {
    timeouts.forEach(out::cancel);
    timeouts.clear();
  }
}
