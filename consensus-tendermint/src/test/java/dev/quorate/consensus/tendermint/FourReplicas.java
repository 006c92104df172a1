package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.TendermintCodec;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
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
import java.util.stream.Stream;
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
  private final TendermintCodec codec = new TendermintCodec(Validators::read);
  private final Map<ValidatorId, Node> nodes = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::sequence));
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Set<ValidatorId> down = new HashSet<>();
  private Optional<Lies> lies = Optional.empty();
  private Instant now = Validators.GENESIS_TIME.plusSeconds(1);
  private long sequence;
  private boolean stepping;

  /** Something that happens at a time. */
  private record Due(Instant at, long sequence, Runnable action) {}

  /** Survives a kill; refuses what the real one would refuse. */
  private static final class Guard {
    private final Map<SignPosition, Bytes> signed = new HashMap<>();
    private Height height = new Height(0);
    private Round round = Round.ZERO;

    void judge(SignRequest request) {
      var position = request.position();
      int order = position.height().compareTo(height);
      if (order < 0 || (order == 0 && position.round().compareTo(round) < 0)) {
        throw new AssertionError(position + " is below height " + height + ", round " + round);
      }
      height = position.height();
      round = position.round();
      var before = signed.putIfAbsent(position, request.signBytes());
      if (before != null && !before.equals(request.signBytes())) {
        throw new AssertionError("two things at " + position);
      }
    }
  }

  /** What one replica has on its disk, and the engine that runs on it. */
  private static final class Node {
    final ValidatorId self;
    final Guard guard = new Guard();
    final List<Block> delivered = new ArrayList<>();
    final Map<Height, Event.Synced<TendermintMessage>> chain = new HashMap<>();
    final Map<BlockId, Block> bodies = new HashMap<>();
    Optional<Bytes> state = Optional.empty();
    Engine<TendermintMessage> engine;
    final Map<Timer, Long> timers = new HashMap<>();
    int built;
    int pool;

    Node(ValidatorId self) {
      this.self = self;
      this.engine = restore();
    }

    private Optional<Certificate> commitOf(Height height) {
      return Optional.ofNullable(chain.get(height)).map(Event.Synced::commit);
    }

    private Engine<TendermintMessage> restore() {
      var tip =
          delivered.isEmpty()
              ? new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME)
              : new Restored.Tip(
                  delivered.getLast().height(),
                  delivered.getLast().id(),
                  delivered.getLast().time());
      var undelivered =
          bodies.values().stream().filter(it -> it.height().isAbove(tip.height())).toList();
      var context =
          new EngineContext(
              Validators.CHAIN, self, Validators.FOUR.set(), new Height(1), new TreeMap<>());
      return new TendermintProvider()
          .restore(context, new Restored(state, tip, commitOf(tip.height()), undelivered));
    }
  }

  private record Waiting(ValidatorId id, Event<TendermintMessage> event) {}

  /** Four that have work all the time. */
  FourReplicas(long seed, double loss) {
    this(seed, loss, true);
  }

  /** Four of which none has anything to order until {@link #submit}. */
  static FourReplicas quiet(long seed, double loss) {
    return new FourReplicas(seed, loss, false);
  }

  private FourReplicas(long seed, double loss, boolean busy) {
    this.random = new Random(seed);
    this.loss = loss;
    Validators.FOUR.all().forEach(id -> nodes.put(id, new Node(id)));
    Validators.FOUR.all().forEach(id -> step(id, new Event.Started<>()));
    if (busy) {
      offerWork();
    }
  }

  /** One replica, and nobody else, has a transaction; the next block that it builds has it. */
  FourReplicas submit(String name) {
    var id = Validators.FOUR.id(name);
    node(id).pool = 1;
    step(id, new Event.WorkPending<>(new Work(1, false, 1)));
    return this;
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

  /** From now on what d sends is made worse on its way, for each receiver in its own manner. */
  FourReplicas letLie() {
    lies = Optional.of(new Lies(Validators.FOUR.id("d"), random));
    return this;
  }

  List<Block> deliveredBy(String name) {
    return List.copyOf(node(Validators.FOUR.id(name)).delivered);
  }

  int roundOf(String name) {
    return node(Validators.FOUR.id(name)).engine.status().round().value();
  }

  private void offerWork() {
    for (var id : Validators.FOUR.all()) {
      node(id).pool = 1;
      var work = random.nextBoolean() ? new Work(1_000, true, 1_000) : new Work(1, false, 1);
      step(id, new Event.WorkPending<>(work));
    }
    at(WORK_INTERVAL, this::offerWork);
  }

  private void at(Duration delay, Runnable action) {
    due.add(new Due(now.plus(delay), sequence++, action));
  }

  private List<TendermintMessage> told(ValidatorId from, TendermintMessage message) {
    return lies.filter(it -> it.liar().equals(from))
        .map(it -> it.insteadOf(message))
        .orElse(List.of(message));
  }

  private void send(ValidatorId to, ValidatorId from, TendermintMessage message) {
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
    if (!(codec.decode(encoded) instanceof Decoded.Ok<TendermintMessage>(var message))) {
      throw new AssertionError("does not decode: " + encoded);
    }
    if (!down.contains(to) && node(to).engine.filter().wants(message)) {
      step(to, new Event.Received<>(Validators.signed(from, message), now));
    }
  }

  /** All effects of a step are carried out before the next step is taken. */
  private void step(ValidatorId id, Event<TendermintMessage> event) {
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

  private void carryOut(Node node, Effect<TendermintMessage> effect) {
    switch (effect) {
      case Effect.Persist<TendermintMessage>(var state) -> node.state = Optional.of(state.encode());
      case Effect.Store<TendermintMessage>(var block) -> node.bodies.put(block.id(), block);
      case Effect.Commit<TendermintMessage>(var block, var certificate) -> {
        node.delivered.add(block);
        node.bodies.put(block.id(), block);
        node.chain.put(block.height(), new Event.Synced<>(block, certificate));
        if (node.pool > 0 && block.proposer().equals(node.self) && !isEmpty(block)) {
          node.pool = 0;
          step(node.self, new Event.WorkPending<>(Work.NONE));
        }
      }
      case Effect.Broadcast<TendermintMessage>(var message) -> {
        message.signRequests(Validators.CHAIN).forEach(node.guard::judge);
        var signed = Validators.signed(node.self, message);
        Validators.FOUR.all().stream()
            .filter(peer -> !peer.equals(node.self))
            .forEach(
                peer -> told(node.self, signed.message()).forEach(it -> send(peer, node.self, it)));
        step(node.self, new Event.Received<>(signed, now));
      }
      case Effect.Send<TendermintMessage>(var to, var message) -> send(to, node.self, message);
      case Effect.CheckBlock<TendermintMessage>(var block) ->
          step(node.self, new Event.BlockChecked<>(block.id(), Verdict.VALID));
      case Effect.BuildBlock<TendermintMessage>(
              var ticket,
              var parent,
              var height,
              _,
              var ifEmpty) ->
          step(
              node.self,
              new Event.BlockBuilt<>(ticket, build(node, parent, height.value(), ifEmpty)));
      case Effect.FetchBlock<TendermintMessage>(var id, var height, var hint) ->
          Stream.concat(Stream.of(hint), Validators.FOUR.all().stream())
              .filter(holder -> lies.filter(it -> it.liar().equals(holder)).isEmpty())
              .flatMap(holder -> Optional.ofNullable(bodyOf(holder, id)).stream())
              .findFirst()
              .ifPresent(block -> step(node.self, new Event.BlockArrived<>(block)));
      case Effect.FetchCommitted<TendermintMessage>(var peer, var from, var to) -> {
        var source = down.contains(peer) ? node.self : peer;
        for (var height = from; !height.isAbove(to); height = height.next()) {
          Optional.ofNullable(node(source).chain.get(height))
              .ifPresent(synced -> step(node.self, synced));
        }
      }
      case Effect.Halt<TendermintMessage>(var reason) -> throw new AssertionError(reason);
      case Effect.Accuse<TendermintMessage>(var first, var second) -> {
        if (lies.filter(it -> it.liar().equals(first.validator())).isEmpty()) {
          throw new AssertionError("accused a correct validator: " + first + ", " + second);
        }
      }
      case Effect.StartTimer<TendermintMessage>(var timer, var delay) -> {
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
      case Effect.CancelTimer<TendermintMessage>(var timer) -> node.timers.remove(timer);
      case Effect.Ignored<TendermintMessage> ignored -> {}
    }
  }

  private Optional<Block> build(Node node, BlockId parent, long height, Effect.IfEmpty ifEmpty) {
    if (node.pool == 0 && ifEmpty == Effect.IfEmpty.DECLINE) {
      return Optional.empty();
    }
    var content = (node.pool == 0 ? "empty " : "built ") + node.built++;
    return Optional.of(Validators.block(height, parent, node.self, now, content));
  }

  static boolean isEmpty(Block block) {
    return Replica.contentOf(block).startsWith("empty");
  }

  private @Nullable Block bodyOf(ValidatorId holder, BlockId id) {
    return down.contains(holder) ? null : node(holder).bodies.get(id);
  }

  private Node node(ValidatorId id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }
}
