package dev.quorate.simulator;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.simulator.byzantine.Cast;
import dev.quorate.simulator.byzantine.Scene;
import dev.quorate.simulator.byzantine.Trick;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.node.Sin;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.plan.NetworkPlan;
import dev.quorate.simulator.plan.RunPlan;
import dev.quorate.simulator.plan.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a network under virtual time, from a seed: either what a {@link RunPlan} says, by
 * {@link #run}, or what a test asks for, by {@link #runFor}.
 *
 * <p>What the network is and who looks at it is said first: with the first thing that is planned,
 * done or looked at the network is made, and nothing of that can be said any more.
 *
 * <p>A run belongs to the thread that runs it; many may run side by side.
 */
public final class Simulation {
  /** When the world's time begins: soon after genesis. */
  public static final Instant BEGINNING = Universe.BEGINNING;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LISTEN_TIME = Duration.ofMillis(500);

  private final long seed;
  private String engine = "pbft";
  private String chainId = "simulated";
  private List<Long> powers = List.of(1L, 1L, 1L, 1L);
  private final TreeMap<String, Long> parameters = new TreeMap<>();
  private Limits limits = new Limits(4_096, 65_536, 8_192, 40);
  private boolean realSignatures;
  private int poolTransactions = ReplicaLimits.DEFAULT.poolTransactions();
  private long poolBytes = ReplicaLimits.DEFAULT.poolBytes();
  private Traffic traffic = new Traffic(60, 3);
  private final Map<String, Sin> sins = new LinkedHashMap<>();
  private final TreeMap<String, List<Scene>> scenes = new TreeMap<>();
  private boolean colluding;
  private @Nullable RunPlan plan;
  private @Nullable List<Oracle> oracles;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Consumer<Observation>> listeners = new ArrayList<>();
  private @Nullable Course course;

  private Simulation(long seed) {
    this.seed = seed;
  }

  /** A network of four equal validators without faults, until it is told otherwise. */
  public static Simulation seeded(long seed) {
    return new Simulation(seed);
  }

  /** What a plan says. */
  public static Simulation of(RunPlan plan) {
    var simulation = new Simulation(plan.seed());
    simulation.plan = plan;
    simulation.engine = plan.network().engine();
    simulation.powers = plan.network().powers();
    simulation.parameters.putAll(plan.network().parameters());
    simulation.limits = plan.network().limits();
    simulation.realSignatures = plan.network().realSignatures();
    simulation.traffic = plan.traffic();
    return simulation;
  }

  public Simulation engine(String name) {
    mustNotHaveBegun("engine");
    engine = name;
    return this;
  }

  /** Another chain id; the validators and their keys are the same in every simulation. */
  public Simulation chain(String id) {
    mustNotHaveBegun("the chain");
    chainId = id;
    return this;
  }

  /** One validator for each power: a, b, c, ... */
  public Simulation powers(long... powers) {
    mustNotHaveBegun("powers");
    this.powers = Arrays.stream(powers).boxed().toList();
    return this;
  }

  /** A parameter of the engine, as genesis has it. */
  public Simulation parameter(String name, long value) {
    mustNotHaveBegun("parameters");
    parameters.put(name, value);
    return this;
  }

  public Simulation limits(Limits limits) {
    mustNotHaveBegun("limits");
    this.limits = limits;
    return this;
  }

  /** Ed25519 instead of hashes. */
  public Simulation realSignatures() {
    mustNotHaveBegun("signatures");
    realSignatures = true;
    return this;
  }

  /** So many transactions a second on average. */
  public Simulation traffic(double perSecond, int burst) {
    mustNotHaveBegun("traffic");
    traffic = new Traffic(perSecond, burst);
    return this;
  }

  /** So many transactions and bytes of them wait at a node at most. */
  public Simulation pool(int transactions, long bytes) {
    mustNotHaveBegun("pools");
    poolTransactions = transactions;
    poolBytes = bytes;
    return this;
  }

  /** One node is not correct, but this. */
  public Simulation sin(String node, Sin sin) {
    mustNotHaveBegun("sins");
    sins.put(node, sin);
    return this;
  }

  /** One node is Byzantine: it plays these tricks, one over the other, all the time. */
  public Simulation plays(String node, Trick... tricks) {
    mustNotHaveBegun("tricks");
    scenes.put(node, Arrays.stream(tricks).map(Scene::always).toList());
    return this;
  }

  /** Those who play tricks hold each other's keys. */
  public Simulation colluding() {
    mustNotHaveBegun("tricks");
    colluding = true;
    return this;
  }

  /** Only these oracles look, instead of all that there are for the engine. */
  public Simulation oracles(List<Oracle> oracles) {
    mustNotHaveBegun("oracles");
    this.oracles = List.copyOf(oracles);
    return this;
  }

  /** One more oracle looks. */
  public Simulation oracle(Oracle oracle) {
    mustNotHaveBegun("oracles");
    var more = new ArrayList<>(oracles == null ? Watchers.oracles(engine) : oracles);
    more.add(oracle);
    oracles = List.copyOf(more);
    return this;
  }

  public Simulation mark(Mark mark) {
    mustNotHaveBegun("marks");
    marks.add(mark);
    return this;
  }

  /** Somebody else sees all that happens, before the oracles do. */
  public Simulation listen(Consumer<Observation> listener) {
    mustNotHaveBegun("listeners");
    listeners.add(listener);
    return this;
  }

  /** Something is to happen so long after the beginning. */
  public Simulation at(Duration time, Runnable action) {
    course().universe().agenda().at(time.toNanos(), action);
    return this;
  }

  /** These and the others hear nothing of each other any more. */
  public Simulation partition(String... names) {
    course().partition(Arrays.asList(names));
    return this;
  }

  /** Nothing is cut any more, and all links are calm. */
  public Simulation heal() {
    course().mendAll();
    return this;
  }

  /** GST: from now on links among all correct nodes are timely, and oracles count on that. */
  public Simulation settle() {
    course().settle();
    return this;
  }

  public Simulation crash(String name) {
    course().crash(node(name), CrashKind.KILLED);
    return this;
  }

  public Simulation restart(String name) {
    course().restart(node(name));
    return this;
  }

  /** Whatever ends a node by itself, it is started again after this time. */
  public Simulation restartsAfter(Duration down) {
    course().restartsAfter(down);
    return this;
  }

  /** So many new transactions are handed to a node. */
  public Simulation submit(String name, int count) {
    course().clients().submit(node(name), count);
    return this;
  }

  /** One new transaction is handed to a node, and to no other, ever. */
  public Simulation entrust(String name) {
    course().clients().entrust(node(name));
    return this;
  }

  public SimNode<?> node(String name) {
    return course().universe().node(name);
  }

  public String nameOf(ValidatorId id) {
    return course().universe().genesis().nameOf(id);
  }

  public ValidatorId id(String name) {
    return node(name).id();
  }

  /** Everything that this run consists of, for actions that have no name here. */
  public dev.quorate.simulator.net.SimNet net() {
    return course().universe().net();
  }

  /** Lets the network run with traffic, then without until it is quiet, and judges. */
  public Verdict runFor(Duration duration) {
    return course().runFor(duration);
  }

  /** Does what the plan says, and judges. */
  public Verdict run() {
    if (plan == null) {
      throw new IllegalStateException("a simulation without a plan runs for a time");
    }
    return course().run(plan);
  }

  /** The line that runs the same again. */
  @Override
  public String toString() {
    return "./quorate-sim seed " + seed + (engine.equals("pbft") ? "" : " --engine " + engine);
  }

  Universe universe() {
    return course().universe();
  }

  /** What is said of a network that is made already would be said in vain. */
  private void mustNotHaveBegun(String what) {
    if (course != null) {
      throw new IllegalStateException(
          what + " must be chosen before the first thing is planned or looked at");
    }
  }

  private ReplicaLimits replicaLimits() {
    return new ReplicaLimits(
        ReplicaLimits.DEFAULT.inbox(), poolTransactions, poolBytes, PATIENCE, LISTEN_TIME);
  }

  private Course course() {
    if (course == null) {
      var network = new NetworkPlan(engine, powers, parameters, limits, realSignatures);
      var universe = new Universe(seed, chainId, network, replicaLimits());
      sins.putAll(Casting.sins(new Cast(scenes, colluding)));
      sins.forEach((name, sin) -> universe.node(name).commit(sin));
      listeners.forEach(universe::add);
      (oracles == null ? Watchers.oracles(engine) : oracles).forEach(universe::add);
      Watchers.marks(engine).forEach(universe::add);
      marks.forEach(universe::add);
      course = new Course(universe, new Chance(seed), traffic, toString());
    }
    return course;
  }
}
