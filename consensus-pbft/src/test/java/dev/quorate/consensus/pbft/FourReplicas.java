package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.PbftCodec;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.crypto.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Four engines under virtual time, on a network that delays, loses and doubles messages as a seed
 * decides. Every message takes the way through the codec and the filter; only the signatures are
 * not verified. Everybody has work all the time.
 */
final class FourReplicas {
  private static final Duration WORK_INTERVAL = Duration.ofMillis(20);

  private final Random random;
  private final double loss;
  private final PbftCodec codec = new PbftCodec(Validators::read);
  private final Map<ValidatorId, Node> nodes = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::sequence));
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Set<ValidatorId> down = new HashSet<>();
  private Instant now = Validators.GENESIS_TIME.plusSeconds(1);
  private long sequence;
  private boolean stepping;

  /** Something that happens at a time. */
  private record Due(Instant at, long sequence, Runnable action) {}

  /** What one replica has on its disk, and the engine that runs on it. */
  private static final class Node {
    final ValidatorId self;
    final List<Block> delivered = new ArrayList<>();
    final Map<Height, Event.Synced<PbftMessage>> chain = new HashMap<>();
    final Map<BlockId, Block> bodies = new HashMap<>();
    Optional<Bytes> state = Optional.empty();
    Engine<PbftMessage> engine;
    final Map<Timer, Long> timers = new HashMap<>();
    int built;

    Node(ValidatorId self) {
      this.self = self;
      this.engine = restore();
    }

    private Optional<Certificate> commitOf(Height height) {
      return Optional.ofNullable(chain.get(height)).map(Event.Synced::commit);
    }

    private Restored.Tip tip() {
      return delivered.isEmpty()
          ? new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME)
          : new Restored.Tip(
              delivered.getLast().height(), delivered.getLast().id(), delivered.getLast().time());
    }

    private EngineContext context() {
      return new EngineContext(
          Validators.CHAIN, self, Validators.FOUR.set(), new Height(1), new TreeMap<>());
    }

    /** What the state that is rebuilt from the saved one would be saved as. */
    private Bytes savedAgain(Bytes saved) {
      var rebuilt =
          new ReplicaState(
              context(), PbftParameters.of(new TreeMap<>()), tip(), commitOf(tip().height()));
      rebuilt.restore(PbftStateCodec.decode(saved));
      return PbftStateCodec.encode(rebuilt.snapshot());
    }

    /** The saved one. Its base says nothing any more once all that was PREPAREd is delivered. */
    private Bytes meant(Bytes saved) {
      var it = PbftStateCodec.decode(saved);
      boolean open = it.preparedTip().height().isAbove(tipRef().height());
      return PbftStateCodec.encode(
          new PbftState(
              it.view(),
              it.pending(),
              it.active(),
              it.deliveredIn(),
              it.claim(),
              it.entry(),
              open ? it.base() : tipRef(),
              it.tipIsDue(),
              it.preparedTip(),
              it.prepares(),
              it.commits(),
              it.high()));
    }

    private BlockRef tipRef() {
      return new BlockRef(tip().height(), tip().id());
    }

    private Engine<PbftMessage> restore() {
      var tip = tip();
      var undelivered =
          bodies.values().stream().filter(it -> it.height().isAbove(tip.height())).toList();
      return new PbftProvider()
          .restore(context(), new Restored(state, tip, commitOf(tip.height()), undelivered));
    }
  }

  private record Waiting(ValidatorId id, Event<PbftMessage> event) {}

  FourReplicas(long seed, double loss) {
    this.random = new Random(seed);
    this.loss = loss;
    Validators.FOUR.all().forEach(id -> nodes.put(id, new Node(id)));
    Validators.FOUR.all().forEach(id -> step(id, new Event.Started<>()));
    offerWork();
  }

  /** Lets virtual time pass. */
  FourReplicas run(Duration span) {
    var end = now.plus(span);
    while (!due.isEmpty() && !due.element().at().isAfter(end)) {
      var next = due.remove();
      now = next.at();
      next.action().run();
    }
    now = end;
    return this;
  }

  FourReplicas kill(String name) {
    down.add(Validators.FOUR.id(name));
    node(Validators.FOUR.id(name)).timers.clear();
    return this;
  }

  /** Starts a killed replica again on what it had saved. */
  FourReplicas start(String name) {
    var node = node(Validators.FOUR.id(name));
    down.remove(node.self);
    node.engine = node.restore();
    step(node.self, new Event.Started<>());
    return this;
  }

  /** What is saved on a replica's disk, as far as it means anything. */
  Optional<Bytes> savedBy(String name) {
    var node = node(Validators.FOUR.id(name));
    return node.state.map(node::meant);
  }

  /** What a replica that is rebuilt from that would save. */
  Optional<Bytes> savedAgainBy(String name) {
    var node = node(Validators.FOUR.id(name));
    return node.state.map(node::savedAgain);
  }

  List<Block> deliveredBy(String name) {
    return List.copyOf(node(Validators.FOUR.id(name)).delivered);
  }

  int viewOf(String name) {
    return node(Validators.FOUR.id(name)).engine.status().round().value();
  }

  private void offerWork() {
    for (var id : Validators.FOUR.all()) {
      var work = random.nextBoolean() ? new Work(1_000, true, 1_000) : new Work(1, false, 1);
      step(id, new Event.WorkPending<>(work));
    }
    at(WORK_INTERVAL, this::offerWork);
  }

  private void at(Duration delay, Runnable action) {
    due.add(new Due(now.plus(delay), sequence++, action));
  }

  private void send(ValidatorId to, ValidatorId from, PbftMessage message) {
    var encoded = codec.encode(message);
    if (random.nextDouble() < loss) {
      return;
    }
    int copies = random.nextInt(20) == 0 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      int micros = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(2_000);
      at(Duration.ofNanos(micros * 1_000L), () -> arrive(to, from, encoded));
    }
  }

  private void arrive(ValidatorId to, ValidatorId from, Bytes encoded) {
    if (!(codec.decode(encoded) instanceof Decoded.Ok<PbftMessage>(var message))) {
      throw new AssertionError("does not decode: " + encoded);
    }
    if (!down.contains(to) && node(to).engine.filter().wants(message)) {
      step(to, new Event.Received<>(Validators.signed(from, message), now));
    }
  }

  /** All effects of a step are carried out before the next step is taken. */
  private void step(ValidatorId id, Event<PbftMessage> event) {
    waiting.add(new Waiting(id, event));
    if (stepping) {
      return;
    }
    stepping = true;
    while (!waiting.isEmpty()) {
      var next = waiting.remove();
      if (!down.contains(next.id())) {
        var node = node(next.id());
        for (var effect : node.engine.step(next.event())) {
          carryOut(node, effect);
        }
      }
    }
    stepping = false;
  }

  private void carryOut(Node node, Effect<PbftMessage> effect) {
    switch (effect) {
      case Effect.Persist<PbftMessage>(var state) -> node.state = Optional.of(state.encode());
      case Effect.Store<PbftMessage>(var block) -> node.bodies.put(block.id(), block);
      case Effect.Commit<PbftMessage>(var block, var certificate) -> {
        node.delivered.add(block);
        node.chain.put(block.height(), new Event.Synced<>(block, certificate));
      }
      case Effect.Broadcast<PbftMessage>(var message) -> {
        var signed = Validators.signed(node.self, message);
        Validators.FOUR.all().stream()
            .filter(peer -> !peer.equals(node.self))
            .forEach(peer -> send(peer, node.self, signed.message()));
        step(node.self, new Event.Received<>(signed, now));
      }
      case Effect.Send<PbftMessage>(var to, var message) -> send(to, node.self, message);
      case Effect.CheckBlock<PbftMessage>(var block) ->
          step(node.self, new Event.BlockChecked<>(block.id(), Verdict.VALID));
      case Effect.BuildBlock<PbftMessage>(var ticket, var parent, var height, _, _) -> {
        var content = "built " + node.built++;
        var block = Validators.block(height.value(), parent, node.self, now, content);
        step(node.self, new Event.BlockBuilt<>(ticket, Optional.of(block)));
      }
      case Effect.FetchBlock<PbftMessage>(var id, var height, var hint) ->
          Optional.ofNullable(bodyOf(hint, id))
              .ifPresent(block -> step(node.self, new Event.BlockArrived<>(block)));
      case Effect.FetchCommitted<PbftMessage>(var peer, var from, var to) -> {
        var source = down.contains(peer) ? node.self : peer;
        for (var height = from; !height.isAbove(to); height = height.next()) {
          Optional.ofNullable(node(source).chain.get(height))
              .ifPresent(synced -> step(node.self, synced));
        }
      }
      case Effect.Halt<PbftMessage>(var reason) -> throw new AssertionError(reason);
      case Effect.Accuse<PbftMessage>(var first, var second) ->
          throw new AssertionError("accused a correct validator: " + first + ", " + second);
      case Effect.StartTimer<PbftMessage>(var timer, var delay) -> {
        long started = sequence;
        node.timers.put(timer, started);
        at(
            delay,
            () -> {
              if (node.timers.remove(timer, started)) {
                step(node.self, new Event.TimerFired<>(timer));
              }
            });
      }
      case Effect.CancelTimer<PbftMessage>(var timer) -> node.timers.remove(timer);
      case Effect.Ignored<PbftMessage> ignored -> {}
    }
  }

  private @Nullable Block bodyOf(ValidatorId holder, BlockId id) {
    return down.contains(holder) ? null : node(holder).bodies.get(id);
  }

  private Node node(ValidatorId id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }
}
