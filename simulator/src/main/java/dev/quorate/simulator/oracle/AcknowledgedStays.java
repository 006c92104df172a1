package dev.quorate.simulator.oracle;

import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Location;
import dev.quorate.replica.Submission;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * O11: what a correct node said is committed stands at that place, there and at the end everywhere
 * that reaches so far.
 */
public final class AcknowledgedStays implements Oracle {
  private final Map<Hash, Location> acknowledged = new LinkedHashMap<>();

  @Override
  public String name() {
    return "O11 acknowledged stays";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Answered.class, Observation.Finished.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Answered(
              _,
              var node,
              var transaction,
              Submission.AlreadyCommitted(var location)) -> {
        if (world.node(node).isCorrect()) {
          var before = acknowledged.putIfAbsent(transaction.id(), location);
          if (before != null && !before.equals(location)) {
            report(world.node(node), transaction.id(), before + ", now " + location, world);
          }
        }
      }
      case Observation.Finished _ -> world.nodes().forEach(node -> audit(node, world));
      default -> {}
    }
  }

  private void audit(NodeView node, World world) {
    var tip = node.chain().tip();
    if (!node.isCorrect() || tip.isEmpty()) {
      return;
    }
    acknowledged.forEach(
        (id, location) -> {
          if (location.height().isAbove(tip.get().height())) {
            return;
          }
          var found = node.chain().locate(id);
          if (found.isEmpty() || !found.get().equals(location)) {
            report(node, id, "%s, at the end %s".formatted(location, found), world);
          }
        });
  }

  private void report(NodeView node, Hash id, String text, World world) {
    world.violations().report(name(), node.id(), id.abbreviated() + " was said to be at " + text);
  }
}
