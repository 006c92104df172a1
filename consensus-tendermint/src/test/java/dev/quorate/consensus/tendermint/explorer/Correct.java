package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.tendermint.TendermintProvider;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Signature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A correct validator: a real engine, what is on its disk, and what waits for it. */
final class Correct {
  private static final List<Signature> SIGNATURES = List.of(Ballots.SIGNATURE);

  private static final SignGuard SIGNS_NOTHING_MORE =
      request -> new SignGuard.Answer.Refused("is signed already: " + request);

  final int index;
  private final Cast cast;
  private final MessageSigner<TendermintMessage> signer;
  private Engine<TendermintMessage> engine;
  private @Nullable EngineStatus status;

  // on disk
  private @Nullable DurableState state;
  private final TreeMap<Integer, Block> bodies = new TreeMap<>();
  private final List<Block> chain = new ArrayList<>();
  private @Nullable Certificate tipCommit;

  // lost in a crash
  final ArrayDeque<Event<TendermintMessage>> waiting = new ArrayDeque<>();
  final List<Timer> timers = new ArrayList<>();
  final List<BlockId> wanted = new ArrayList<>();
  final BitSet received = new BitSet();

  Correct(int index, Cast cast) {
    this.index = index;
    this.cast = cast;
    this.signer = new MessageSigner<>(Cast.CHAIN, cast.id(index), SIGNS_NOTHING_MORE);
    this.engine = restored();
  }

  List<Effect<TendermintMessage>> step(Event<TendermintMessage> event) {
    status = null;
    return engine.step(event);
  }

  /** What the disk keeps of an effect. */
  void keep(Effect.Durable<TendermintMessage> effect) {
    switch (effect) {
      case Effect.Persist<TendermintMessage>(var saved) -> state = saved;
      case Effect.Store<TendermintMessage>(var block) ->
          bodies.put(Blocks.numberOf(block.id()), block);
      case Effect.Commit<TendermintMessage>(var block, var certificate) -> {
        chain.add(block);
        tipCommit = certificate;
      }
    }
  }

  /** Everything but the disk is gone. */
  void crash() {
    waiting.clear();
    timers.clear();
    wanted.clear();
    received.clear();
    engine = restored();
    status = null;
  }

  private EngineStatus status() {
    var known = status;
    if (known == null) {
      known = engine.status();
      status = known;
    }
    return known;
  }

  Signed<TendermintMessage> sign(TendermintMessage message) {
    var outcome = signer.sign(message.withSignatures(SIGNATURES));
    return switch (outcome) {
      case MessageSigner.Outcome.Ready<TendermintMessage>(var signed) -> signed;
      case MessageSigner.Outcome.Refused<TendermintMessage>(var position, var reason) ->
          throw new IllegalStateException(reason);
    };
  }

  /** The round that it is in. */
  int round() {
    return status().round().value();
  }

  /** The lowest height that is not decided here. */
  int height() {
    return chain.size() + 1;
  }

  /** What it builds on. */
  BlockId tip() {
    return chain.isEmpty() ? BlockId.NONE : chain.getLast().id();
  }

  boolean hasStored(int block) {
    return bodies.containsKey(block);
  }

  List<Block> chain() {
    return Collections.unmodifiableList(chain);
  }

  private Engine<TendermintMessage> restored() {
    var tip =
        chain.isEmpty()
            ? new Restored.Tip(new Height(0), BlockId.NONE, Blocks.TIME)
            : new Restored.Tip(
                chain.getLast().height(), chain.getLast().id(), chain.getLast().time());
    var undelivered = new ArrayList<Block>();
    for (var block : bodies.values()) {
      if (block.height().isAbove(tip.height())) {
        undelivered.add(block);
      }
    }
    undelivered.sort((one, other) -> one.height().compareTo(other.height()));
    return new TendermintProvider()
        .restore(
            cast.contextOf(index),
            new Restored(
                Optional.ofNullable(state).map(DurableState::encode),
                tip,
                Optional.ofNullable(tipCommit),
                undelivered));
  }
}
