package dev.quorate.simulator.node;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.Network;
import dev.quorate.simulator.disk.PowerCut;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;

/** Where the frames of one process leave for the net, until another process of its node runs. */
final class Outlet implements Network {
  private final Surroundings world;
  private final SimNode<?> node;
  private final int incarnation;
  private int framesToCut = -1;

  Outlet(Surroundings world, SimNode<?> node, int incarnation) {
    this.world = world;
    this.node = node;
    this.incarnation = incarnation;
  }

  /** The power goes after so many more frames; after no number of them when it is negative. */
  void cutPowerAfter(int frames) {
    framesToCut = frames;
  }

  @Override
  public boolean send(ValidatorId to, Bytes frame) {
    if (!world.net().seemsOpen(node.id(), to)) {
      return false;
    }
    leave(to, frame);
    return true;
  }

  @Override
  public void broadcast(Bytes frame) {
    for (var validator : world.genesis().validatorSet().members()) {
      if (!validator.id().equals(node.id()) && world.net().seemsOpen(node.id(), validator.id())) {
        leave(validator.id(), frame);
      }
    }
  }

  private void leave(ValidatorId to, Bytes frame) {
    if (incarnation != node.incarnation()) {
      return;
    }
    if (framesToCut >= 0 && framesToCut-- == 0) {
      throw new PowerCut(CrashKind.BETWEEN_FRAMES);
    }
    var now = world.agenda().instant();
    world.observe(new Observation.Sent(now, node.id(), incarnation, to, frame));
    world.net().send(node.id(), to, frame);
  }
}
