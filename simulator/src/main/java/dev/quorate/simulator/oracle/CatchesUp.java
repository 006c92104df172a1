package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/**
 * O17: when all correct nodes are healed and nobody hands in anything any more, every one of them
 * comes to the tip, whatever it missed.
 */
public final class CatchesUp implements Oracle {
  @Override
  public String name() {
    return "O17 catches up";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Finished.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Finished(_, var calm) && calm) {
      var highest = new Height(0);
      for (var node : world.nodes()) {
        if (node.isCorrect() && tip(node, world).isAbove(highest)) {
          highest = tip(node, world);
        }
      }
      for (var id : world.core()) {
        var node = world.node(id);
        if (node.isCorrect() && highest.isAbove(tip(node, world))) {
          world.violations().report(name(), id, "at %s of %s".formatted(tip(node, world), highest));
        }
      }
    }
  }

  private static Height tip(NodeView node, World world) {
    return node.chain()
        .tip()
        .map(it -> it.height())
        .orElse(world.genesis().initialHeight().previous());
  }
}
