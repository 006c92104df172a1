package dev.quorate.simulator;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.simulator.client.Clients;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.fault.Incidents;
import dev.quorate.simulator.fault.NetFaults;
import dev.quorate.simulator.fault.NodeFaults;
import dev.quorate.simulator.fault.Victims;
import dev.quorate.simulator.net.Weather;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.plan.RunPlan;
import dev.quorate.simulator.plan.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/** The course of one run: what comes after what, and the verdict at its end. */
final class Course {
  /** More than any run does; a world that does so much does not go on in time. */
  private static final long MOST_EVENTS = 20_000_000;

  private static final long LEAST_BLOCKS = 5;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SHORT_LOOK = Duration.ofMillis(10);
  private static final long LONGEST_RETURN = 300_000_000;
  private static final Duration SETTLING = Duration.ofSeconds(60);

  private final Universe universe;
  private final Chance chance;
  private final Traffic traffic;
  private final String replay;
  private final Clients clients;
  private final Incidents incidents = new Incidents();
  private boolean cut;
  private long events;

  Course(Universe universe, Chance chance, Traffic traffic, String replay) {
    this.universe = universe;
    this.chance = chance.stream("course");
    this.traffic = traffic;
    this.replay = replay;
    this.clients =
        new Clients(
            universe.agenda(),
            chance.stream("clients"),
            universe.simNodes(),
            universe.genesis().limits().maxTxBytes());
    universe.add(this::tellClients);
  }

  Universe universe() {
    return universe;
  }

  Clients clients() {
    return clients;
  }

  void partition(Collection<String> names) {
    cut = true;
    for (var one : universe.simNodes()) {
      for (var other : universe.simNodes()) {
        if (names.contains(one.name()) && !names.contains(other.name())) {
          universe.net().cut(one.id(), other.id(), false);
          universe.net().cut(other.id(), one.id(), false);
        }
      }
    }
  }

  void mendAll() {
    cut = false;
    for (var one : universe.simNodes()) {
      for (var other : universe.simNodes()) {
        if (one != other) {
          universe.net().mend(one.id(), other.id());
        }
      }
    }
    universe.net().weather(_ -> Weather.CALM);
  }

  void settle() {
    mendAll();
    universe.heal(correct());
  }

  void crash(SimNode<?> node, CrashKind kind) {
    incidents.add("crash");
    node.kill(kind);
  }

  void restart(SimNode<?> node) {
    if (!node.isUp()) {
      node.start();
    }
  }

  void restartsAfter(Duration down) {
    for (var node : universe.simNodes()) {
      node.onEnd(it -> universe.agenda().after(down, () -> restart(it)));
    }
  }

  /** What a test asked for. */
  Verdict runFor(Duration duration) {
    long end = duration.toNanos();
    startAll();
    clients.trickle(traffic.perSecond(), traffic.burst(), end);
    advance(end);
    if (!cut) {
      var up = new LinkedHashSet<ValidatorId>();
      universe.simNodes().stream()
          .filter(it -> it.isUp() && it.isCorrect())
          .forEach(it -> up.add(it.id()));
      clients.ask(universe.simNodes().stream().filter(it -> up.contains(it.id())).toList());
      universe.heal(up);
      advanceUntilQuiet(up, SETTLING);
    }
    return finish(!cut);
  }

  /** What a plan says. */
  Verdict run(RunPlan plan) {
    plan.amnesiacs().forEach(name -> universe.node(name).becomeAmnesiac());
    Casting.sins(Casting.draw(plan, chance.stream("cast")))
        .forEach((name, sin) -> universe.node(name).commit(sin));
    var nodes = universe.simNodes();
    var victims = new Victims(universe.agenda(), chance.stream("faults"), nodes);
    var nodeFaults = new NodeFaults(plan, victims, incidents);
    var netFaults = new NetFaults(plan, universe.net(), victims, universe::kindOf, incidents);
    startAll();
    long warm = plan.spans().warmUp().toNanos();
    long safe = warm + plan.spans().safety().toNanos();
    clients.trickle(traffic.perSecond(), traffic.burst(), safe);
    advance(warm);
    nodeFaults.begin();
    netFaults.begin();
    advance(safe);
    heal(core(), victims);
    for (int i = 0; i < 8; i++) {
      universe.agenda().after(chance.between(0, 2_000_000_000), () -> clients.submit(2));
    }
    advance(universe.agenda().now() + 2_000_000_000);
    advanceUntilQuiet(universe.core(), plan.spans().liveness());
    heal(correct(), victims);
    victims.spare(all());
    advanceUntilQuiet(universe.core(), plan.spans().catchUp());
    var core = nodes.stream().filter(it -> universe.core().contains(it.id())).toList();
    core.forEach(it -> entrust(it, plan.spans().liveness()));
    cutPowerOfAll();
    entrust(chance.oneOf(core), plan.spans().liveness());
    return finish(true);
  }

  /** A node is given what no client hands in elsewhere when it takes long. */
  private void entrust(SimNode<?> node, Duration atMost) {
    clients.entrust(node);
    advanceUntilQuiet(universe.core(), atMost, SHORT_LOOK);
  }

  /** All that run are gone at once, and come back one after the other. */
  private void cutPowerOfAll() {
    long end = universe.agenda().now() + LONGEST_RETURN;
    for (var node : universe.simNodes()) {
      if (node.isUp()) {
        crash(node, CrashKind.KILLED);
        universe.agenda().after(chance.between(0, LONGEST_RETURN), () -> restart(node));
      }
    }
    advance(end);
  }

  private void heal(Set<ValidatorId> core, Victims victims) {
    victims.spare(core);
    for (var node : universe.simNodes()) {
      if (core.contains(node.id())) {
        node.heal();
        restart(node);
      }
    }
    clients.ask(universe.simNodes().stream().filter(it -> core.contains(it.id())).toList());
    universe.heal(core);
  }

  private Set<ValidatorId> correct() {
    var ids = new LinkedHashSet<ValidatorId>();
    for (var node : universe.simNodes()) {
      if (node.isCorrect()) {
        ids.add(node.id());
      }
    }
    return ids;
  }

  private Set<ValidatorId> all() {
    var ids = new LinkedHashSet<ValidatorId>();
    universe.simNodes().forEach(it -> ids.add(it.id()));
    return ids;
  }

  /** Correct nodes that are a quorum, and by chance some more. */
  private Set<ValidatorId> core() {
    var order = new ArrayList<ValidatorId>();
    for (var id : correct()) {
      order.add(chance.below(order.size() + 1), id);
    }
    var core = new LinkedHashSet<ValidatorId>();
    for (var id : order) {
      if (!universe.genesis().validatorSet().isQuorum(core) || chance.happens(0.5)) {
        core.add(id);
      }
    }
    return core;
  }

  private void startAll() {
    for (var node : universe.simNodes()) {
      universe.agenda().after(chance.between(0, 20_000_000), () -> restart(node));
    }
  }

  private void tellClients(Observation observation) {
    if (observation instanceof Observation.Delivered(_, var node, _, var block, _)
        && universe.node(node).isCorrect()) {
      clients.delivered(block);
    }
  }

  private void advance(long until) {
    while (universe.agenda().next(until)) {
      if (++events > MOST_EVENTS) {
        throw new IllegalStateException("the world stands still at " + universe.now());
      }
      if (!universe.violations().isEmpty()) {
        // What comes after a broken rule says nothing any more.
        return;
      }
    }
  }

  private void advanceUntilQuiet(Set<ValidatorId> core, Duration atMost) {
    advanceUntilQuiet(core, atMost, LOOK);
  }

  private void advanceUntilQuiet(Set<ValidatorId> core, Duration atMost, Duration look) {
    long end = universe.agenda().now() + atMost.toNanos();
    while (universe.agenda().now() < end && universe.violations().isEmpty()) {
      advance(Math.min(end, universe.agenda().now() + look.toNanos()));
      if (clients.waiting() == 0 && isAtOneTip(core)) {
        return;
      }
    }
  }

  private boolean isAtOneTip(Set<ValidatorId> core) {
    var tips = new HashSet<Height>();
    for (var node : universe.simNodes()) {
      if (core.contains(node.id())) {
        if (!node.isUp()) {
          return false;
        }
        tips.add(tipOf(node));
      }
    }
    return tips.size() <= 1;
  }

  private Height tipOf(SimNode<?> node) {
    return node.chain()
        .tip()
        .map(it -> it.height())
        .orElse(universe.genesis().initialHeight().previous());
  }

  private Verdict finish(boolean calm) {
    // A run that a broken rule has cut short was given no time to become quiet.
    boolean whole = universe.violations().isEmpty();
    universe.observe(new Observation.Finished(universe.now(), calm && whole));
    long highest = 0;
    long transactions = 0;
    for (var node : universe.simNodes()) {
      var tip = node.chain().tip();
      if (node.isCorrect() && tip.isPresent() && tip.get().height().value() > highest) {
        highest = tip.get().height().value();
        transactions = tip.get().history().size();
      }
    }
    var tally = tally(highest, transactions);
    var hash = universe.eventLog();
    if (!universe.violations().isEmpty()) {
      return new Verdict.Violated(universe.violations().found(), replay, hash, tally);
    }
    if (highest < LEAST_BLOCKS) {
      return new Verdict.Invalid("only " + highest + " blocks became final", hash, tally);
    }
    return new Verdict.Agreed(highest, transactions, hash, tally);
  }

  private Tally tally(long highest, long transactions) {
    var net = universe.net().counts();
    incidents.add("frames sent", net.sent());
    incidents.add("frames lost", net.lost());
    incidents.add("frames cut", net.cut());
    incidents.add("frames doubled", net.doubled());
    incidents.add("frames replayed", net.replayed());
    incidents.add("frames filtered", net.filtered());
    incidents.add("frames without room", net.overflown());
    return new Tally(
        1,
        Duration.ofNanos(universe.agenda().now()),
        highest,
        transactions,
        incidents.counts(),
        new TreeMap<>(universe.marksHit()));
  }
}
