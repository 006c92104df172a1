package dev.quorate.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
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
public final class Correct<M extends Message<M>> {
  private final int index;
  private final Play<M> play;
  private final EngineContext context;
  private final MessageSigner<M> signer;
  private final List<Signature> signatures;
  private Engine<M> engine;
  private @Nullable EngineStatus status;

  // on disk
  private @Nullable DurableState state;
  private final TreeMap<Integer, Block> bodies = new TreeMap<>();
  private final List<Block> chain = new ArrayList<>();
  private @Nullable Certificate tipCommit;

  // lost in a crash
  private final ArrayDeque<Event<M>> waiting = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<BlockId> wanted = new ArrayList<>();
  private final BitSet received = new BitSet();

  Correct(int index, Scene<M> scene) {
    this.index = index;
    this.play = scene.play();
    this.context = play.contextOf(scene.cast(), index);
    this.signer = Trust.signer(context.self());
    this.signatures = Collections.nCopies(play.signatures(), Ballots.SIGNATURE);
    this.engine = restored();
  }

  List<Effect<M>> step(Event<M> event) {
    status = null;
    return engine.step(event);
  }

  /** What the disk keeps of an effect. */
  void keep(Effect.Durable<M> effect) {
    switch (effect) {
      case Effect.Persist<M>(var saved) -> state = saved;
      case Effect.Store<M>(var block) -> bodies.put(Blocks.numberOf(block.id()), block);
      case Effect.Commit<M>(var block, var certificate) -> {
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

  Signed<M> sign(M message) {
    return Trust.signed(signer, message.withSignatures(signatures));
  }

  /** Its place among the validators. */
  public int index() {
    return index;
  }

  /** Where its engine stands. */
  public EngineStatus status() {
    var known = status;
    if (known == null) {
      known = engine.status();
      status = known;
    }
    return known;
  }

  /** The round (PBFT: view) that it is in, or wants to be in. */
  public int round() {
    return status().round().value();
  }

  /** The lowest height that is not final here. */
  public int height() {
    return chain.size() + 1;
  }

  /** What it builds on. */
  public BlockId tip() {
    return chain.isEmpty() ? BlockId.NONE : chain.getLast().id();
  }

  /** Own messages, verdicts and built blocks that did not come to it yet. */
  ArrayDeque<Event<M>> waiting() {
    return waiting;
  }

  /** Those that run; whoever lets one fire takes it out. */
  public List<Timer> timers() {
    return timers;
  }

  /** The bodies that it asked for and did not get; whoever brings one takes it out. */
  public List<BlockId> wanted() {
    return wanted;
  }

  /** Whether what was sent with this number came to it, in this life. */
  public boolean hasReceived(int number) {
    return received.get(number);
  }

  void received(int number) {
    received.set(number);
  }

  boolean hasStored(int block) {
    return bodies.containsKey(block);
  }

  private Engine<M> restored() {
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
    return play.provider()
        .restore(
            context,
            new Restored(
                Optional.ofNullable(state).map(DurableState::encode),
                tip,
                Optional.ofNullable(tipCommit),
                undelivered));
  }
}
