package dev.quorate.simulator;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.net.SimNet;
import dev.quorate.simulator.node.Identity;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.node.Surroundings;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.Violations;
import dev.quorate.simulator.observe.World;
import dev.quorate.simulator.plan.NetworkPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A whole network with its net, its time, and everybody who looks at it. One thread's. */
final class Universe implements Surroundings, World, SimNet.Receiver {
  private static final Instant GENESIS_TIME = Instant.parse("2026-11-01T00:00:00Z");

  /** When the world's time begins. */
  static final Instant BEGINNING = GENESIS_TIME.plusSeconds(60);

  private final Chance chance;
  private final Chance partings;
  private final Agenda agenda;
  private final ReplicaLimits limits;
  private final Genesis genesis;
  private final SignatureScheme scheme;
  private final BlockShape blockShape;
  private final Frames frames;
  private final SimNet net;
  private final Map<ValidatorId, SimNode<?>> nodes = new LinkedHashMap<>();
  private final List<NodeView> views;
  private final Violations violations;
  private final EventLog log = new EventLog();
  private final Audience audience = new Audience();
  private final List<Consumer<Observation>> listeners = new ArrayList<>();
  private Set<ValidatorId> core = Set.of();

  Universe(long seed, String chainId, NetworkPlan plan, ReplicaLimits limits) {
    this.limits = limits;
    this.chance = new Chance(seed);
    this.partings = chance.stream("partings");
    this.agenda = new Agenda(BEGINNING, chance.stream("ties"));
    var keys = new ArrayList<KeyPair>();
    for (int i = 0; i < plan.powers().size(); i++) {
      keys.add(Keys.of(NetworkPlan.nameOf(i)));
    }
    this.genesis = genesis(chainId, plan, keys);
    this.scheme = plan.realSignatures() ? Ed25519.INSTANCE : new KeyedHashes(seed, keys);
    this.violations = new Violations(agenda);
    var ids = genesis.validatorSet().members().stream().map(it -> it.id()).toList();
    this.net = new SimNet(ids, agenda, chance.stream("net"), this);
    var blocks = new LedgerBlockReader(genesis.limits());
    var provider = shared(Engines.find(plan.engine()), blocks);
    this.blockShape = provider.blockShape();
    this.frames = new Frames(provider.codec(blocks));
    for (var id : ids) {
      nodes.put(id, node(provider, Identity.of(genesis.nameOf(id), Keys.of(genesis.nameOf(id)))));
    }
    this.views = List.copyOf(nodes.values());
  }

  private static Genesis genesis(String chainId, NetworkPlan plan, List<KeyPair> keys) {
    var builder = Genesis.builder(chainId, GENESIS_TIME, plan.engine()).limits(plan.limits());
    for (int i = 0; i < keys.size(); i++) {
      builder.validator(NetworkPlan.nameOf(i), keys.get(i).publicKey(), plan.powers().get(i));
    }
    plan.parameters().forEach(builder::parameter);
    return builder.build();
  }

  private static <M extends Message<M>> EngineProvider<M> shared(
      EngineProvider<M> engine, BlockReader blocks) {
    return new SharedReading<>(engine, blocks);
  }

  private <M extends Message<M>> SimNode<M> node(EngineProvider<M> provider, Identity identity) {
    return new SimNode<>(this, identity, provider, limits);
  }

  void add(Oracle oracle) {
    audience.add(oracle);
  }

  void add(Mark mark) {
    audience.add(mark);
  }

  /** Somebody who looks, and is no oracle. */
  void add(Consumer<Observation> listener) {
    listeners.add(listener);
  }

  SimNode<?> node(String name) {
    for (var node : nodes.values()) {
      if (node.name().equals(name)) {
        return node;
      }
    }
    throw new IllegalArgumentException("there is no node " + name);
  }

  /** In set order. */
  List<SimNode<?>> simNodes() {
    return List.copyOf(nodes.values());
  }

  /** From now on links among these are timely. */
  void heal(Set<ValidatorId> healed) {
    core = Set.copyOf(healed);
    net.heal(healed);
    observe(new Observation.Healed(agenda.instant(), healed));
  }

  String kindOf(Bytes frame) {
    return frames.kindOf(frame);
  }

  /** How often each mark was hit. */
  Map<String, Long> marksHit() {
    return audience.marksHit();
  }

  /** The hash over everything that happened; the universe is over. */
  Hash eventLog() {
    return log.hash();
  }

  @Override
  public void observe(Observation observation) {
    log.add(observation);
    for (var listener : listeners) {
      listener.accept(observation);
    }
    audience.see(observation, this);
    switch (observation) {
      case Observation.Started(_, var node, _, _) -> meet(node);
      case Observation.Crashed(_, var node, _, _) -> part(node);
      case Observation.Ended(_, var node, _, _) -> part(node);
      default -> {}
    }
  }

  /** Sooner or later the others notice that a process is gone, unless it is back by then. */
  private void part(ValidatorId gone) {
    for (var other : nodes.values()) {
      if (!other.id().equals(gone)) {
        agenda.after(
            partings.between(100_000, 200_000_000),
            () -> {
              if (!simNode(gone).isUp()) {
                linkChanged(other.id(), gone, false);
              }
            });
      }
    }
  }

  /** A process that has started finds its peers, and they it, where links are open. */
  private void meet(ValidatorId started) {
    for (var other : nodes.values()) {
      if (!other.id().equals(started) && other.isUp()) {
        if (net.seemsOpen(started, other.id())) {
          linkChanged(started, other.id(), true);
        }
        if (net.seemsOpen(other.id(), started)) {
          linkChanged(other.id(), started, true);
        }
      }
    }
  }

  @Override
  public void arrived(ValidatorId from, ValidatorId to, Bytes frame) {
    simNode(to).receive(from, frame);
  }

  @Override
  public void linkChanged(ValidatorId node, ValidatorId peer, boolean connected) {
    simNode(node).linkChanged(peer, connected && simNode(peer).isUp());
  }

  @Override
  public Agenda agenda() {
    return agenda;
  }

  @Override
  public Chance chance() {
    return chance;
  }

  @Override
  public Instant now() {
    return agenda.instant();
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public BlockShape blockShape() {
    return blockShape;
  }

  @Override
  public SignatureScheme scheme() {
    return scheme;
  }

  @Override
  public SimNet net() {
    return net;
  }

  @Override
  public List<NodeView> nodes() {
    return views;
  }

  @Override
  public NodeView node(ValidatorId id) {
    return simNode(id);
  }

  @Override
  public Set<ValidatorId> core() {
    return core;
  }

  @Override
  public Optional<Message<?>> messageIn(Bytes frame) {
    return frames.messageIn(frame);
  }

  @Override
  public Violations violations() {
    return violations;
  }

  private SimNode<?> simNode(ValidatorId id) {
    var node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException("there is no node " + id);
    }
    return node;
  }
}
