package dev.quorate.replica;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.inbox.Intake;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps the engine and carries its effects out, one turn after the other.
 *
 * <p>A turn takes what waits and then makes passes until nothing is left to do. A pass steps the
 * engine for every event there is; what it wants of memory alone (timers, building and checking
 * blocks) is done on the spot, because nobody sees it, and its answers are stepped in the same
 * pass. Then everything durable is written in one batch, then final blocks are made known, and
 * then, in the order of their asking, the effects that others see. Own messages, what the commits
 * changed in the pool and new evidence start the next pass.
 *
 * <p>So nothing leaves before what it rests on is on disk, and a cascade costs one write a message
 * that leaves, not one an event.
 */
final class Runner<M extends Message<M>> {
  /** Steps in one turn; what is left then waits for the next one. */
  static final int TURN_STEPS = 16_384;

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final Parts<M> parts;
  private final Blocks blocks;
  private final Reception<M> reception;
  private final Delivery<M> delivery;
  private final TimerQueue timers = new TimerQueue();
  private final ArrayDeque<Event<M>> pending = new ArrayDeque<>();
  private final List<Effect.Durable<M>> durable = new ArrayList<>();
  private final List<Sealer.Asked<M>> visible = new ArrayList<>();
  private final List<Replica.Accusation> accusations = new ArrayList<>();
  private StepObserver observer = (_, _) -> {};
  private Condition condition = Condition.RUNNING;
  private EngineStatus status;
  private Work work = Work.NONE;
  private boolean started;
  private Instant now = Instant.MIN;
  private Instant wallTime = Instant.MIN;
  private Height delivered;
  private int steps;

  Runner(Parts<M> parts) {
    this.parts = parts;
    this.blocks = parts.blocks;
    this.reception = new Reception<>(parts, pending);
    this.delivery = new Delivery<>(parts, reception);
    this.status = parts.engine.status();
    this.delivered = parts.blocks.tip().height();
  }

  void observe(StepObserver observer) {
    this.observer = observer;
  }

  Condition condition() {
    return condition;
  }

  /** The engine's status after its last step. */
  EngineStatus status() {
    return status;
  }

  /** At most {@link Replica#MAX_ACCUSATIONS}, the first ones. */
  List<Replica.Accusation> accusations() {
    return accusations;
  }

  /** Transactions of clients that the last turn took, answered or not. */
  List<Intake.Handed> taken() {
    return reception.taken();
  }

  /** Ends the replica, unless it has ended already. */
  void end(Condition last) {
    if (condition instanceof Condition.Running) {
      condition = last;
    }
  }

  void turn(Instant time, Instant wall) {
    now = time;
    wallTime = wall;
    steps = 0;
    try {
      takeIn();
      boolean more = true;
      while (more && isRunning()) {
        noticeWork();
        pass();
        more =
            steps < TURN_STEPS
                && (!pending.isEmpty()
                    || parts.evidence.hasUnsaved()
                    || !parts.starvation.work(now).equals(work));
      }
      if (isRunning()) {
        parts.standstill.endOfTurn(now);
        parts.forwarder.endOfTurn(leader(), now);
        parts.sync.endOfTurn(blocks.tip().height(), now);
        parts.silence.endOfTurn(now);
        parts.evidence.endOfTurn(now);
        parts.outlook.set(
            new Ingress.Outlook<>(
                parts.engine.filter(),
                parts.sync.fetches().asked(),
                parts.sync.catchUp().asked(),
                parts.guard.promises()));
      }
    } catch (RuntimeException | Error failure) {
      end(new Condition.Failed(failure));
    }
  }

  /** When the next turn is due even if nobody wakes the owner; at once when events are left. */
  Instant nextDeadline() {
    if (!isRunning()) {
      return Instant.MAX;
    }
    boolean busy = !pending.isEmpty() || parts.evidence.hasUnsaved();
    if (!started || busy || !parts.inbox.isEmpty()) {
      return Instant.MIN;
    }
    var ofPool = earliest(parts.forwarder.nextDeadline(), parts.starvation.nextDeadline());
    var ofBlocks = earliest(timers.nextDeadline(), parts.standstill.nextDeadline());
    var ofPeers = earliest(parts.silence.nextDeadline(), parts.sync.nextDeadline());
    return earliest(ofBlocks, earliest(ofPool, ofPeers));
  }

  private void takeIn() {
    if (!started) {
      started = true;
      parts.silence.started(now);
      pending.add(new Event.Started<>());
    }
    if (pending.size() < TURN_STEPS) {
      var after = reception.takeIn(now, wallTime);
      if (!(after instanceof Condition.Running)) {
        end(after);
      }
    }
    parts.silence.advance(now);
    parts.standstill.advance(now);
  }

  private void noticeWork() {
    var current = parts.starvation.work(now);
    if (!current.equals(work)) {
      work = current;
      pending.add(new Event.WorkPending<>(current));
    }
  }

  private void pass() {
    for (var event = next(); event != null && isRunning(); event = next()) {
      step(event);
    }
    if (!isRunning()) {
      return;
    }
    var written = parts.barrier.write(durable, parts.evidence.unsaved());
    durable.clear();
    parts.evidence.saved();
    delivery.announce(written, now);
    var departures = parts.sealer.seal(visible, parts.barrier.stateNumber());
    visible.clear();
    for (var departure : departures) {
      carryOut(departure);
      if (!isRunning()) {
        return;
      }
    }
    delivery.considerReturn(written);
  }

  private @Nullable Event<M> next() {
    if (steps >= TURN_STEPS) {
      return null;
    }
    var event = pending.poll();
    if (event != null) {
      return event;
    }
    var timer = timers.pollDue(now);
    return timer == null ? null : new Event.TimerFired<>(timer);
  }

  private void step(Event<M> event) {
    steps++;
    parts.counts.add(Count.STEPS);
    var effects = parts.engine.step(event);
    observer.stepped(event, effects);
    if (LOG.isTraceEnabled()) {
      LOG.atTrace().addKeyValue("event", event).addKeyValue("effects", effects).log("step");
    }
    noticeRound();
    for (var effect : effects) {
      switch (effect) {
        case Effect.Durable<M> toKeep -> {
          if (toKeep instanceof Effect.Store<M>(var block)) {
            blocks.stored(block);
          }
          if (toKeep instanceof Effect.Commit<M>(var block, _)) {
            delivered = block.height();
          }
          durable.add(toKeep);
        }
        case Effect.StartTimer<M>(var timer, var delay) -> timers.start(timer, now.plus(delay));
        case Effect.CancelTimer<M>(var timer) -> timers.cancel(timer);
        case Effect.BuildBlock<M>(var ticket, var parent, _, var lastCommit, var ifEmpty) -> {
          var block = blocks.build(parent, lastCommit, ifEmpty, wallTime);
          block.ifPresent(_ -> parts.counts.add(Count.BLOCKS_BUILT));
          pending.add(new Event.BlockBuilt<>(ticket, block));
        }
        case Effect.CheckBlock<M>(var block) -> reception.answer(blocks.check(block));
        case Effect.Visible<M> toShow -> visible.add(new Sealer.Asked<>(toShow, delivered));
      }
    }
  }

  private void noticeRound() {
    var current = parts.engine.status();
    if (!current.round().equals(status.round())) {
      blocks.abandon();
      LOG.atInfo()
          .addKeyValue("height", current.height())
          .addKeyValue(current.roundWord(), current.round())
          .addKeyValue(current.leaderWord(), current.leader().abbreviated())
          .log("round changed");
    }
    status = current;
    parts.starvation.inRound(current.round(), current.active(), now);
  }

  /**
   * Who orders transactions now. Whoever has left alone for a round that it would lead itself leads
   * nobody: the others may go on without it for ever.
   */
  private @Nullable ValidatorId leader() {
    boolean leadsNobody = !status.active() && status.leader().equals(parts.own.self());
    return leadsNobody ? null : status.leader();
  }

  private void carryOut(Sealer.Departure<M> departure) {
    switch (departure) {
      case Sealer.Departure.Letter<M> letter ->
          parts.outbox.send(letter, now).ifPresent(pending::add);
      case Sealer.Departure.Refused<M>(var position, var reason) -> refused(position, reason);
      case Sealer.Departure.Other<M>(var effect) -> carryOut(effect);
    }
  }

  /** The engine is told, and whatever it makes of it, this replica signs nothing any more. */
  private void refused(SignPosition position, String reason) {
    parts.counts.add(Count.SIGNATURES_REFUSED);
    LOG.atError()
        .addKeyValue("position", position)
        .addKeyValue("reason", reason)
        .log("the sign guard refused a signature");
    step(new Event.SignRefused<>(position, reason));
    end(new Condition.Halted("the sign guard refused %s: %s".formatted(position, reason)));
  }

  private void carryOut(Effect.Visible<M> effect) {
    switch (effect) {
      case Effect.FetchBlock<M>(var id, var height, var hint) ->
          blocks
              .find(id)
              .ifPresentOrElse(
                  it -> pending.add(new Event.BlockArrived<>(it)),
                  () -> parts.sync.fetches().want(id, height, hint));
      case Effect.FetchCommitted<M>(var peer, _, var to) -> parts.sync.catchUp().want(peer, to);
      case Effect.Accuse<M>(var first, var second) -> {
        accuse(new Replica.Accusation(first, second));
        parts.evidence.accused(first, second);
      }
      case Effect.Ignored<M>(_, var reason) -> parts.counts.addIgnored(reason);
      case Effect.Halt<M>(var reason) -> end(new Condition.Halted(reason));
      case Effect.Broadcast<M> _,
          Effect.Send<M> _,
          Effect.StartTimer<M> _,
          Effect.CancelTimer<M> _,
          Effect.BuildBlock<M> _,
          Effect.CheckBlock<M> _ ->
          throw new IllegalStateException(effect + " was to be carried out before");
    }
  }

  private void accuse(Replica.Accusation accusation) {
    parts.counts.add(Count.ACCUSATIONS);
    if (accusations.size() >= Replica.MAX_ACCUSATIONS) {
      // Counted only: a validator could fill the log with votes of its own.
      return;
    }
    accusations.add(accusation);
    LOG.atWarn()
        .addKeyValue("validator", accusation.first().validator().abbreviated())
        .addKeyValue("height", accusation.first().vote().height())
        .addKeyValue("round", accusation.first().vote().round())
        .log("two conflicting votes");
  }

  private boolean isRunning() {
    return condition instanceof Condition.Running;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
