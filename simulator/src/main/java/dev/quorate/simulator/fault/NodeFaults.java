package dev.quorate.simulator.fault;

import dev.quorate.simulator.disk.SimDisk;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Role;
import dev.quorate.simulator.plan.Family;
import dev.quorate.simulator.plan.RunPlan;
import java.time.Duration;
import java.util.List;

/** Processes that die or stand still, disks that fail, clocks that are wrong. */
public final class NodeFaults {
  private static final List<CrashKind> AT_WRITES =
      List.of(CrashKind.BEFORE_WRITE, CrashKind.TORN_WRITE, CrashKind.AFTER_WRITE);

  private final RunPlan plan;
  private final Victims victims;
  private final Incidents incidents;

  /** Nothing goes wrong yet. */
  public NodeFaults(RunPlan plan, Victims victims, Incidents incidents) {
    this.plan = plan;
    this.victims = victims;
    this.incidents = incidents;
    for (var node : victims.all()) {
      node.onEnd(this::restartLater);
    }
  }

  /** From now on things go wrong as the plan says. */
  public void begin() {
    often(Family.CRASH, 1.5, this::crash);
    often(Family.CRASH_IN_WRITE, 1.5, this::crashInWrite);
    often(Family.POWER_CUT, 0.25, this::powerCut);
    often(Family.PAUSE, 1, this::pause);
    often(Family.CLOCK, 1, this::setClock);
    often(Family.DISK_ERROR, 0.7, this::failSync);
    often(Family.DISK_FULL, 0.5, this::fillDisk);
    often(Family.AMNESIA, 1, this::forget);
  }

  /** Whatever ends a node, an operator starts it again; what halted stays down. */
  private void restartLater(SimNode<?> node) {
    victims.agenda().after(victims.span(5, 2_000), () -> restart(node));
  }

  private void restart(SimNode<?> node) {
    if (!node.isUp()) {
      node.start();
    }
  }

  private void often(Family family, double atMost, Runnable incident) {
    double strength = plan.strength(family);
    if (strength > 0) {
      victims.often(strength * atMost, incident);
    }
  }

  private void crash() {
    var node = victims.one(SimNode::isUp);
    if (node != null) {
      incidents.add("crash");
      node.kill(CrashKind.KILLED);
      restartLater(node);
    }
  }

  private void crashInWrite() {
    var node = victims.one(SimNode::isUp);
    if (node == null) {
      return;
    }
    if (victims.chance().happens(0.3)) {
      incidents.add("crash between frames");
      node.cutPowerAfterFrames(victims.chance().below(12));
    } else {
      incidents.add("crash around a write");
      var fuse = node.disk().fuse();
      fuse.blowAt(
          fuse.boundaries() + victims.chance().between(1, 8), victims.chance().oneOf(AT_WRITES));
    }
  }

  private void powerCut() {
    incidents.add("power cut of all");
    for (var node : victims.all()) {
      if (node.isUp() && !victims.isSpared(node.id())) {
        node.kill(CrashKind.KILLED);
        restartLater(node);
      }
    }
  }

  private void pause() {
    var node = victims.one(SimNode::isUp);
    if (node != null) {
      incidents.add("pause");
      node.pauseUntil(victims.agenda().now() + victims.span(20, 3_000));
    }
  }

  private void setClock() {
    var node = victims.one(_ -> true);
    if (node != null) {
      incidents.add("clock jump");
      long most = victims.chance().happens(0.2) ? 3_600_000 : 800;
      node.clock().set(Duration.ofMillis(victims.chance().between(-most, most)));
    }
  }

  private void failSync() {
    var node = victims.one(SimNode::isUp);
    if (node != null) {
      incidents.add("failed sync");
      node.disk()
          .nextSync(victims.chance().happens(0.5) ? SimDisk.Failure.LOST : SimDisk.Failure.WRITTEN);
    }
  }

  private void fillDisk() {
    var node = victims.one(_ -> true);
    if (node != null) {
      incidents.add("full disk");
      node.disk().full(true);
      victims.agenda().after(victims.span(50, 2_000), () -> node.disk().full(false));
    }
  }

  private void forget() {
    var node = victims.one(it -> it.role() == Role.AMNESIAC);
    if (node == null) {
      return;
    }
    var chance = victims.chance();
    var kind =
        chance.oneOf(List.of(CrashKind.DISK_LIED, CrashKind.DISK_LOST, CrashKind.DISK_RESTORED));
    incidents.add(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    node.kill(kind);
    switch (kind) {
      case DISK_LIED -> node.disk().forget((int) chance.between(1, 5));
      case DISK_RESTORED -> node.disk().forget((int) chance.between(5, 200));
      case DISK_LOST -> node.disk().loseAll();
      case KILLED, BEFORE_WRITE, TORN_WRITE, AFTER_WRITE, BETWEEN_FRAMES ->
          throw new IllegalStateException(kind + " forgets nothing");
    }
    restartLater(node);
  }
}
