package dev.quorate.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.explorer.Soup.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a trace is played: the three engines, and the one door through which an event reaches an
 * engine. Every step is judged here.
 */
public final class Stage<M extends Message<M>> {
  private static final Instant IN_TIME = Blocks.TIME;
  private static final Instant TOO_LATE = Blocks.TIME.plusSeconds(3_600);
  private static final Verdict INVALID = new Verdict.Invalid("the liar built it so");
  private static final int NO_CRASH = -1;

  private final Scene<M> scene;
  private final Chance chance;
  private final Judge<M> judge;
  private final boolean agreementOnly;
  private final @Nullable Journal<M> journal;
  private final List<Correct<M>> correct = new ArrayList<>();
  private final MessageSigner<M> liar;
  private int steps;

  /** Visible effects until a crash. */
  private int crashAfter = NO_CRASH;

  /**
   * Three fresh engines.
   *
   * @param words how to write down what happens; null if nobody wants to read it
   */
  public Stage(
      Scene<M> scene,
      Chance chance,
      Judge<M> judge,
      boolean agreementOnly,
      @Nullable Words<M> words) {
    this.scene = scene;
    this.chance = chance;
    this.judge = judge;
    this.agreementOnly = agreementOnly;
    this.journal = words == null ? null : new Journal<>(scene.cast(), words);
    this.liar = Trust.signer(scene.cast().id(scene.cast().liar()));
    scene.cast().correct().forEach(it -> correct.add(new Correct<>(it, scene)));
  }

  public Scene<M> scene() {
    return scene;
  }

  public List<Correct<M>> correct() {
    return correct;
  }

  /** The correct validator at this place; refuses the liar's. */
  public Correct<M> correctAt(int index) {
    for (var it : correct) {
      if (it.index() == index) {
        return it;
      }
    }
    throw new IllegalStateException("validator " + index + " is the liar");
  }

  /** A few of the correct, by their numbers. */
  public List<Correct<M>> few(int mask) {
    var few = new ArrayList<Correct<M>>(correct.size());
    for (int i = 0; i < correct.size(); i++) {
      if ((mask >> i & 1) == 1) {
        few.add(correct.get(i));
      }
    }
    return few;
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
  public void receive(Correct<M> it, Sent<M> sent) {
    it.received(sent.number());
    if (!sent.signed().from().equals(scene.cast().id(it.index()))) {
      step(it, received(sent.signed()));
    }
  }

  /** The liar says something to one. Its messages carry their signatures from the beginning. */
  public void tell(Correct<M> it, M message) {
    step(it, received(Trust.signed(liar, message)));
  }

  /** The liar says something; it reaches everybody when it comes to them. */
  public Sent<M> say(M message) {
    return scene.soup().add(Trust.signed(liar, message));
  }

  private Event<M> received(Signed<M> message) {
    return new Event.Received<>(message, chance.percent(2) ? TOO_LATE : IN_TIME);
  }

  /** Own messages come back, verdicts and built blocks arrive. */
  public void settle(Correct<M> it) {
    while (!it.waiting().isEmpty()) {
      step(it, it.waiting().remove());
    }
  }

  /**
   * An event reaches an engine, and what it asks for is carried out, as far as it does not crash.
   */
  public void step(Correct<M> it, Event<M> event) {
    steps++;
    if (journal != null) {
      journal.event(it.index(), event);
    }
    judge.stepBegins(it);
    var effects = stepped(it, event);
    for (var effect : effects) {
      if (journal != null) {
        journal.effect(effect);
      }
      if (effect instanceof Effect.Durable<M> durable) {
        it.keep(durable);
        if (durable instanceof Effect.Commit<M>(var block, var certificate)) {
          judge.delivered(it.index(), block, certificate);
        }
      }
    }
    judge.stepped(it);
    for (var effect : effects) {
      if (effect instanceof Effect.Visible<M> visible) {
        if (crashAfter == 0) {
          restart(it);
          return;
        }
        crashAfter = Math.max(NO_CRASH, crashAfter - 1);
        carryOut(it, visible);
      }
    }
    if (scene.play().crashesAtRest() && crashAfter == 0 && chance.percent(50)) {
      restart(it);
    }
  }

  private List<Effect<M>> stepped(Correct<M> it, Event<M> event) {
    try {
      return it.step(event);
    } catch (RuntimeException e) {
      if (agreementOnly) {
        it.crash();
        return List.of();
      }
      var where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
      judge.threw(it.index(), e + where);
      throw e;
    }
  }

  private void carryOut(Correct<M> it, Effect.Visible<M> effect) {
    switch (effect) {
      case Effect.Broadcast<M>(var message) -> {
        var signed = send(it, message);
        it.waiting().add(new Event.Received<>(signed, IN_TIME));
      }
      case Effect.Send<M>(_, var message) -> send(it, message);
      case Effect.StartTimer<M>(var timer, _) -> {
        it.timers().remove(timer);
        it.timers().add(timer);
      }
      case Effect.CancelTimer<M>(var timer) -> it.timers().remove(timer);
      case Effect.BuildBlock<M>(var ticket, var parent, var height, _, _) ->
          it.waiting().add(new Event.BlockBuilt<>(ticket, built(it, parent, height.value())));
      case Effect.CheckBlock<M>(var block) ->
          it.waiting()
              .add(
                  new Event.BlockChecked<>(
                      block.id(), scene.blocks().isValid(block.id()) ? Verdict.VALID : INVALID));
      case Effect.FetchBlock<M>(var id, _, _) -> it.wanted().add(id);
      case Effect.FetchCommitted<M> _, Effect.Ignored<M> _ -> {}
      case Effect.Accuse<M>(var first, _) -> judge.accused(it.index(), first);
      case Effect.Halt<M>(var reason) -> judge.halted(it.index(), reason);
    }
  }

  private Signed<M> send(Correct<M> it, M message) {
    judge.asked(it.index(), message);
    var signed = it.sign(message);
    judge.said(it.index(), signed.message(), it::hasStored);
    it.received(scene.soup().add(signed).number());
    return signed;
  }

  private Optional<Block> built(Correct<M> it, BlockId parent, long height) {
    var blocks = scene.blocks();
    return height > blocks.heights() || blocks.isFull()
        ? Optional.empty()
        : Optional.of(blocks.build((int) height, parent, scene.cast().id(it.index()), true));
  }

  /** The next replica to step crashes at the visible effect with this number from now on. */
  public void crashAfter(int visibleEffects) {
    crashAfter = visibleEffects;
  }

  public boolean isCrashPlanned() {
    return crashAfter != NO_CRASH;
  }

  /** A crash at once, and the start from what was saved. */
  public void restart(Correct<M> it) {
    crashAfter = NO_CRASH;
    if (journal != null) {
      journal.note(scene.cast().nameOf(it.index()) + " CRASHES");
    }
    it.crash();
    step(it, new Event.Started<>());
  }
}
