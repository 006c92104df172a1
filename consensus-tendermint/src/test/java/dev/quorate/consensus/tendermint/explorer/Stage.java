package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.tendermint.explorer.Broken.Rule;
import dev.quorate.consensus.tendermint.explorer.Soup.Sent;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a trace is played: the three engines, all that was built, signed and sent, and the one door
 * through which an event reaches an engine. Every step is judged here.
 */
final class Stage {
  private static final Instant IN_TIME = Blocks.TIME;
  private static final Instant TOO_LATE = Blocks.TIME.plusSeconds(3_600);
  private static final Verdict INVALID = new Verdict.Invalid("the liar built it so");
  private static final int NO_CRASH = -1;

  final Cast cast;
  final Blocks blocks = new Blocks();
  final Ballots ballots;
  final Soup soup = new Soup();
  final Invariants invariants;
  final Liar liar;
  private final Chance chance;
  private final List<Correct> correct = new ArrayList<>();
  private final @Nullable Journal journal;
  private final boolean agreementOnly;
  private int steps;

  /** Visible effects until a crash. */
  private int crashAfter = NO_CRASH;

  Stage(Chance chance, boolean agreementOnly, boolean logged) {
    this.chance = chance;
    this.agreementOnly = agreementOnly;
    this.cast = Cast.drawn(chance);
    this.ballots = new Ballots(cast);
    this.invariants = new Invariants(cast, blocks, ballots, agreementOnly);
    this.liar = new Liar(cast, chance, blocks, ballots);
    this.journal = logged ? new Journal(cast) : null;
    cast.correct().forEach(it -> correct.add(new Correct(it, cast)));
  }

  List<Correct> correct() {
    return correct;
  }

  Correct correctAt(int index) {
    for (var it : correct) {
      if (it.index == index) {
        return it;
      }
    }
    throw new IllegalStateException("validator " + index + " is the liar");
  }

  /** How many events engines took. */
  int steps() {
    return steps;
  }

  /** Everything in words, if that was wanted. */
  String log() {
    return journal == null ? "" : journal.toString();
  }

  /** What was sent arrives; nobody hears himself. */
  void receive(Correct it, Sent sent) {
    var message = sent.message();
    it.received.set(sent.number());
    if (!message.from().equals(cast.id(it.index))) {
      step(it, received(message));
    }
  }

  /** The liar says something to one. */
  void tell(Correct it, TendermintMessage message) {
    step(it, received(liar.signed(message)));
  }

  /** One hears it now, the others when it comes to them. */
  void tellAll(Correct it, TendermintMessage message) {
    receive(it, soup.add(liar.signed(message)));
  }

  private Event<TendermintMessage> received(Signed<TendermintMessage> message) {
    return new Event.Received<>(message, chance.percent(2) ? TOO_LATE : IN_TIME);
  }

  /** Own messages come back, verdicts and built blocks arrive. */
  void settle(Correct it) {
    while (!it.waiting.isEmpty()) {
      step(it, it.waiting.remove());
    }
  }

  void step(Correct it, Event<TendermintMessage> event) {
    steps++;
    if (journal != null) {
      journal.event(it.index, event);
    }
    int height = it.height();
    int round = it.round();
    var effects = stepped(it, event);
    for (var effect : effects) {
      if (journal != null) {
        journal.effect(effect);
      }
      if (effect instanceof Effect.Durable<TendermintMessage> durable) {
        it.keep(durable);
        if (durable instanceof Effect.Commit<TendermintMessage>(var block, var certificate)) {
          invariants.delivered(it.index, block, certificate);
        }
      }
    }
    if (it.height() == height && it.round() > round) {
      invariants.entered(it.index, height, it.round());
    }
    for (var effect : effects) {
      if (effect instanceof Effect.Visible<TendermintMessage> visible) {
        if (crashAfter == 0) {
          restart(it);
          return;
        }
        crashAfter = Math.max(NO_CRASH, crashAfter - 1);
        carryOut(it, visible);
      }
    }
    if (crashAfter == 0 && chance.percent(50)) {
      restart(it);
    }
  }

  private List<Effect<TendermintMessage>> stepped(Correct it, Event<TendermintMessage> event) {
    try {
      return it.step(event);
    } catch (RuntimeException e) {
      if (agreementOnly) {
        it.crash();
        return List.of();
      }
      var where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
      throw new Broken(Rule.NO_EXCEPTION, cast.nameOf(it.index) + ": " + e + where);
    }
  }

  private void carryOut(Correct it, Effect.Visible<TendermintMessage> effect) {
    switch (effect) {
      case Effect.Broadcast<TendermintMessage>(var message) -> {
        var signed = send(it, message);
        it.waiting.add(new Event.Received<>(signed, IN_TIME));
      }
      case Effect.Send<TendermintMessage>(var to, var message) -> send(it, message);
      case Effect.StartTimer<TendermintMessage>(var timer, var delay) -> {
        it.timers.remove(timer);
        it.timers.add(timer);
      }
      case Effect.CancelTimer<TendermintMessage>(var timer) -> it.timers.remove(timer);
      case Effect.BuildBlock<TendermintMessage>(var ticket, var parent, var height, _, _) ->
          it.waiting.add(new Event.BlockBuilt<>(ticket, built(it, parent, height.value())));
      case Effect.CheckBlock<TendermintMessage>(var block) ->
          it.waiting.add(
              new Event.BlockChecked<>(
                  block.id(), blocks.isValid(block.id()) ? Verdict.VALID : INVALID));
      case Effect.FetchBlock<TendermintMessage>(var id, var height, var hint) -> it.wanted.add(id);
      case Effect.FetchCommitted<TendermintMessage> fetch -> {}
      case Effect.Accuse<TendermintMessage>(var first, var second) ->
          invariants.accused(it.index, first);
      case Effect.Ignored<TendermintMessage> ignored -> {}
      case Effect.Halt<TendermintMessage>(var reason) -> invariants.halted(it.index, reason);
    }
  }

  private Signed<TendermintMessage> send(Correct it, TendermintMessage message) {
    message.signRequests(Cast.CHAIN).forEach(asked -> invariants.asked(it.index, asked));
    var signed = it.sign(message);
    invariants.said(it.index, signed.message(), it::hasStored);
    var sent = soup.add(signed);
    it.received.set(sent.number());
    return signed;
  }

  private Optional<Block> built(Correct it, BlockId parent, long height) {
    return height > Blocks.HEIGHTS || blocks.isFull()
        ? Optional.empty()
        : Optional.of(blocks.build((int) height, parent, cast.id(it.index), true));
  }

  /** The replica crashes at the visible effect with this number from now on, if there is one. */
  void crashAfter(int visibleEffects) {
    crashAfter = visibleEffects;
  }

  boolean isCrashPlanned() {
    return crashAfter != NO_CRASH;
  }

  /** A crash at once, and the start from what was saved. */
  void restart(Correct it) {
    crashAfter = NO_CRASH;
    if (journal != null) {
      journal.note(cast.nameOf(it.index) + " CRASHES");
    }
    it.crash();
    step(it, new Event.Started<>());
  }
}
