package dev.quorate.simulator.fault;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.node.SimNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The nodes that faults may still hit, and the chance that picks among them. */
public final class Victims {
  private final Agenda agenda;
  private final Chance chance;
  private final List<? extends SimNode<?>> nodes;
  private Set<ValidatorId> spared = Set.of();

  /** All nodes may be hit. */
  public Victims(Agenda agenda, Chance chance, List<? extends SimNode<?>> nodes) {
    this.agenda = agenda;
    this.chance = chance;
    this.nodes = nodes;
  }

  /** From now on nothing happens to these. */
  public void spare(Set<ValidatorId> core) {
    spared = core;
  }

  boolean isSpared(ValidatorId id) {
    return spared.contains(id);
  }

  Agenda agenda() {
    return agenda;
  }

  Chance chance() {
    return chance;
  }

  List<? extends SimNode<?>> all() {
    return nodes;
  }

  /** One that may be hit; null when there is none. */
  @Nullable SimNode<?> one(Predicate<SimNode<?>> fit) {
    var fitting = new ArrayList<SimNode<?>>();
    for (var node : nodes) {
      if (!isSpared(node.id()) && fit.test(node)) {
        fitting.add(node);
      }
    }
    return fitting.isEmpty() ? null : chance.oneOf(fitting);
  }

  /** From now on something happens so often a second on average, until the end of the world. */
  void often(double perSecond, Runnable incident) {
    agenda.after(
        (long) chance.exponential(1e9 / perSecond),
        () -> {
          incident.run();
          often(perSecond, incident);
        });
  }

  /** A span drawn between two, in milliseconds, as nanoseconds; short ones more often. */
  long span(long leastMillis, long mostMillis) {
    double draw = chance.fraction();
    return (long) ((leastMillis + draw * draw * (mostMillis - leastMillis)) * 1e6);
  }
}
