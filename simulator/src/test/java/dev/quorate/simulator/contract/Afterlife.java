package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.simulator.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine that came back from its disk, and what it does when the others go on as they did: its
 * own messages come back to it, the blocks of its first life are found, and every timer is over
 * soon. There is nothing to build blocks of.
 */
final class Afterlife<M extends Message<M>> {
  /** Messages between two rounds of timers. */
  private static final int CALM = 25;

  private final EngineLife<M> life;
  private final Engine<M> engine;
  private final Promises promises;
  private final MessageSigner<M> signer;
  private final Map<BlockId, Block> blocks;
  private final Set<Timer> running = new LinkedHashSet<>();
  private final Deque<Event<M>> due = new ArrayDeque<>();
  private final List<Effect<M>> done = new ArrayList<>();

  Afterlife(EngineLife<M> life, Engine<M> engine, Promises promises) {
    this.life = life;
    this.engine = engine;
    this.promises = promises;
    this.blocks = life.blocks();
    var key = KeyPair.fromSeed(Hash.sha256(Bytes.utf8(life.genesis().nameOf(life.self()))).bytes());
    this.signer =
        new MessageSigner<>(
            life.genesis().chainId(),
            life.self(),
            it -> new SignGuard.Answer.Granted(life.scheme().sign(key, it.signBytes())));
  }

  /** Its first step, of which the effects are returned, and all that follows from it. */
  List<Effect<M>> start() {
    var effects = take(new Event.Started<>());
    settle();
    return effects;
  }

  /** It meets the others again, and hears what they said after so many steps of its first life. */
  void hear(int after, int most) {
    for (var peer : life.genesis().validators()) {
      if (!peer.id().equals(life.self())) {
        due.add(new Event.PeerConnected<>(peer.id()));
      }
    }
    settle();
    int heard = 0;
    for (var message : life.heard(after)) {
      if (message.from().equals(life.self()) || heard == most) {
        continue;
      }
      due.add(new Event.Received<>(message, Simulation.BEGINNING));
      settle();
      if (++heard % CALM == 0) {
        timersAreOver();
      }
    }
    timersAreOver();
  }

  /** All that it has done. */
  List<Effect<M>> done() {
    return done;
  }

  private void timersAreOver() {
    var over = List.copyOf(running);
    running.clear();
    for (var timer : over) {
      due.add(new Event.TimerFired<>(timer));
    }
    settle();
  }

  private void settle() {
    for (var event = due.poll(); event != null; event = due.poll()) {
      if (event instanceof Event.TimerFired<M>(var timer) && running.contains(timer)) {
        // It was started anew meanwhile.
        continue;
      }
      take(event);
    }
  }

  private List<Effect<M>> take(Event<M> event) {
    var effects = engine.step(event);
    promises.noteWanted(effects);
    done.addAll(effects);
    effects.forEach(this::carryOut);
    return effects;
  }

  private void carryOut(Effect<M> effect) {
    switch (effect) {
      case Effect.Broadcast<M>(var message) -> {
        if (signer.sign(message) instanceof MessageSigner.Outcome.Ready<M>(var signed)) {
          due.add(new Event.Received<>(signed, Simulation.BEGINNING));
        }
      }
      case Effect.StartTimer<M>(var timer, _) -> running.add(timer);
      case Effect.CancelTimer<M>(var timer) -> running.remove(timer);
      case Effect.CheckBlock<M>(var block) ->
          due.add(new Event.BlockChecked<>(block.id(), Verdict.VALID));
      case Effect.FetchBlock<M>(var id, _, _) -> {
        var block = blocks.get(id);
        if (block != null) {
          due.add(new Event.BlockArrived<>(block));
        }
      }
      case Effect.Halt<M>(var reason) -> throw new AssertionError("it halted: " + reason);
      case Effect.Persist<M> _,
          Effect.Store<M> _,
          Effect.Commit<M> _,
          Effect.Send<M> _,
          Effect.BuildBlock<M> _,
          Effect.FetchCommitted<M> _,
          Effect.Accuse<M> _,
          Effect.Ignored<M> _ -> {}
    }
  }
}
