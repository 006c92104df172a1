package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.List;

/** Takes each event to the rules that it concerns; see the package's description for the rules. */
final class TendermintEngine implements Engine<TendermintMessage> {
  private final RoundState state;
  private final Exchange exchange;
  private final Algorithm1 algorithm;
  private final Sleep sleep;
  private final Proposing proposing;
  private final Intake intake;
  private final Witness witness;
  private boolean halted;

  TendermintEngine(RoundState state) {
    this.state = state;
    this.exchange = new Exchange(state);
    this.algorithm = new Algorithm1(state, exchange);
    this.sleep = new Sleep(state, algorithm);
    this.proposing = new Proposing(state, algorithm);
    this.intake = new Intake(state, sleep, exchange);
    this.witness = new Witness(state);
  }

  @Override
  public List<Effect<TendermintMessage>> step(Event<TendermintMessage> event) {
    if (halted) {
      return List.of();
    }
    var before = state.height();
    switch (event) {
      case Event.Started<TendermintMessage>() -> start();
      case Event.Received<TendermintMessage> received -> intake.onReceived(received);
      case Event.TimerFired<TendermintMessage>(var timer) -> fired((TendermintTimer) timer);
      case Event.BlockBuilt<TendermintMessage>(var ticket, var block) ->
          proposing.onBlockBuilt(ticket, block);
      case Event.BlockChecked<TendermintMessage>(var id, var verdict) ->
          state.candidates.onChecked(id, verdict);
      case Event.BlockArrived<TendermintMessage>(var block) -> state.candidates.onArrived(block);
      case Event.Synced<TendermintMessage>(var block, var commit) -> synced(block, commit);
      case Event.PeerConnected<TendermintMessage>(var peer) -> exchange.onPeerConnected(peer);
      case Event.SignRefused<TendermintMessage>(var position, var reason) ->
          state.out.halt("the sign guard refused " + position + ": " + reason);
      case Event.WorkPending<TendermintMessage>(var work) -> {
        sleep.onWork(work);
        proposing.onWork();
      }
    }
    progress(before);
    return effects();
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(
        state.height(),
        "round",
        state.round(),
        "proposer",
        state.proposerOf(state.round()),
        true,
        state.candidates.anyStored() ? 1 : 0);
  }

  @Override
  public MessageFilter<TendermintMessage> filter() {
    return TendermintFilter.of(state);
  }

  @Override
  public List<TendermintMessage> heardFrom(ValidatorId validator) {
    return witness.heardFrom(validator);
  }

  @Override
  public Standing standing() {
    return witness.standing();
  }

  @Override
  public boolean isBeyond(Certificate commit, Standing reported) {
    return witness.isBeyond(commit, reported);
  }

  /** After a restart the last own messages go out again: the same ones, to the letter. */
  private void start() {
    exchange.start();
    sleep.start();
    proposing.ofThisRound().ifPresent(state.out::broadcast);
    exchange.repeat();
  }

  private void fired(TendermintTimer timer) {
    switch (timer) {
      case Timeout timeout -> algorithm.onTimeout(timeout);
      case Periodic.REBROADCAST -> {
        if (!sleep.isAsleep()) {
          exchange.onRebroadcastDue();
        }
      }
      case Periodic.STATUS -> exchange.onStatusDue();
      case Periodic.EMPTY_BLOCK -> sleep.onEmptyBlockDue();
    }
  }

  /** A final block from a peer's chain, already proven. */
  private void synced(Block block, Certificate commit) {
    if (block.height().equals(state.height()) && block.parent().equals(state.tip().id())) {
      algorithm.decide(block, commit);
    }
  }

  /** Applies the rules until none is enabled; a height that is decided makes way for the next. */
  private void progress(Height before) {
    var at = before;
    algorithm.run();
    while (state.height().isAbove(at)) {
      at = state.height();
      sleep.decided();
      exchange.decided();
      intake.takeKept();
      algorithm.run();
    }
    sleep.consider();
    algorithm.run();
    proposing.consider(sleep.ifEmpty());
  }

  private List<Effect<TendermintMessage>> effects() {
    var effects = new ArrayList<Effect<TendermintMessage>>();
    if (state.isDirty()) {
      effects.add(new Effect.Persist<>(state.snapshot()));
    }
    effects.addAll(state.out.take());
    halted = effects.stream().anyMatch(Effect.Halt.class::isInstance);
    return List.copyOf(effects);
  }
}
