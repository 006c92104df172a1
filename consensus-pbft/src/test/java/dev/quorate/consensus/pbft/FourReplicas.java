package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Four engines on a network that delays, loses and doubles messages as a seed decides. Every
 * message takes the way through the codec and the filter; only the signatures are not verified.
 */
final class FourReplicas {
  private final Random random;
  private final double loss;
  private final PbftCodec codec = new PbftCodec(Validators::read);
  private final Map<ValidatorId, Node> nodes = new HashMap<>();
  private final List<Delivery> inFlight = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Instant now = Validators.GENESIS_TIME.plusSeconds(1);
  private boolean stepping;

  /** What one replica has on its disk, and the engine that runs on it. */
  private static final class Node {
    final ValidatorId self;
    final List<Block> delivered = new ArrayList<>();
    final Map<Height, Event.Synced<PbftMessage>> chain = new HashMap<>();
    final Map<BlockId, Block> bodies = new HashMap<>();
    Optional<Bytes> state = Optional.empty();
    Engine<PbftMessage> engine;
    int built;

    Node(ValidatorId self) {
      this.self = self;
      this.engine = restore();
    }

    private Engine<PbftMessage> restore() {
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
      return new PbftProvider()
          .restore(context, new Restored(state, tip, Optional.empty(), undelivered));
    }
  }

  private record Waiting(ValidatorId id, Event<PbftMessage> event) {}

  private record Delivery(ValidatorId to, ValidatorId from, Bytes encoded) {}

  FourReplicas(long seed, double loss) {
    this.random = new Random(seed);
    this.loss = loss;
    Validators.FOUR.all().forEach(id -> nodes.put(id, new Node(id)));
    Validators.FOUR.all().forEach(id -> step(id, new Event.Started<>()));
  }

  /** Lets the network, the timers and the primary work for a while. */
  FourReplicas run(int turns) {
    for (int i = 0; i < turns; i++) {
      if (random.nextInt(10) == 0) {
        var work = random.nextBoolean() ? new Work(1_000, true, 1_000) : new Work(1, false, 1);
        step(Validators.FOUR.id("a"), new Event.WorkPending<>(work));
      }
      if (random.nextInt(40) == 0) {
        var node = Validators.FOUR.all().get(random.nextInt(4));
        step(node, new Event.TimerFired<>(PbftTimer.HEARTBEAT));
      }
      if (!inFlight.isEmpty()) {
        deliver(inFlight.remove(random.nextInt(inFlight.size())));
      }
    }
    return this;
  }

  /** Kills a replica and starts it again on what it had saved. */
  FourReplicas restart(String name) {
    var node = node(Validators.FOUR.id(name));
    inFlight.removeIf(delivery -> delivery.to().equals(node.self));
    node.engine = node.restore();
    step(node.self, new Event.Started<>());
    return this;
  }

  List<Block> deliveredBy(String name) {
    return List.copyOf(node(Validators.FOUR.id(name)).delivered);
  }

  private void deliver(Delivery delivery) {
    if (random.nextDouble() < loss) {
      return;
    }
    if (random.nextInt(20) == 0) {
      inFlight.add(delivery);
    }
    if (!(codec.decode(delivery.encoded()) instanceof Decoded.Ok<PbftMessage>(var message))) {
      throw new AssertionError("does not decode: " + delivery);
    }
    if (node(delivery.to()).engine.filter().wants(message)) {
      var signed = Validators.signed(delivery.from(), message);
      step(delivery.to(), new Event.Received<>(signed, now));
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
      var node = node(next.id());
      for (var effect : node.engine.step(next.event())) {
        carryOut(node, effect);
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
      case Effect.BuildBlock<PbftMessage>(var ticket, var parent, var height) -> {
        var content = "built " + node.built++;
        var block = Validators.block(height.value(), parent, node.self, content);
        step(node.self, new Event.BlockBuilt<>(ticket, Optional.of(block)));
      }
      case Effect.FetchBlock<PbftMessage>(var id, var height, var hint) ->
          Optional.ofNullable(node(hint).bodies.get(id))
              .ifPresent(block -> step(node.self, new Event.BlockArrived<>(block)));
      case Effect.FetchCommitted<PbftMessage>(var peer, var from, var to) -> {
        for (var height = from; !height.isAbove(to); height = height.next()) {
          Optional.ofNullable(node(peer).chain.get(height))
              .ifPresent(synced -> step(node.self, synced));
        }
      }
      case Effect.Halt<PbftMessage>(var reason) -> throw new AssertionError(reason);
      case Effect.Accuse<PbftMessage>(var first, var second) ->
          throw new AssertionError("accused a correct validator: " + first + ", " + second);
      case Effect.StartTimer<PbftMessage> timer -> {
        if (timer.timer() == PbftTimer.BATCH_DELAY) {
          step(node.self, new Event.TimerFired<>(PbftTimer.BATCH_DELAY));
        }
      }
      case Effect.CancelTimer<PbftMessage> timer -> {}
      case Effect.Ignored<PbftMessage> ignored -> {}
    }
  }

  private void send(ValidatorId to, ValidatorId from, PbftMessage message) {
    inFlight.add(new Delivery(to, from, codec.encode(message)));
  }

  private Node node(ValidatorId id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }
}
