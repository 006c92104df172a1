package dev.quorate.simulator.oracle;

import dev.quorate.replica.ReplicaStatus;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/** O12: the tip that a node shows is the one that is durable, and its engine stands just above. */
public final class TruthfulStatus implements Oracle {
  @Override
  public String name() {
    return "O12 truthful status";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Started.class, Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Turned(_, var node, _, var status) -> check(world.node(node), status, world);
      case Observation.Started(_, var node, _, var status) ->
          check(world.node(node), status, world);
      default -> {}
    }
  }

  private void check(NodeView node, ReplicaStatus status, World world) {
    if (!node.isCorrect()) {
      return;
    }
    var tip = node.chain().tip();
    boolean right =
        tip.isEmpty()
            ? status.tipId().isNone()
            : tip.get().height().equals(status.tip())
                && tip.get().id().equals(status.tipId())
                && tip.get().time().equals(status.tipTime());
    if (!right) {
      world
          .violations()
          .report(
              name(),
              node.id(),
              "shows %s %s, durable is %s".formatted(status.tip(), status.tipId(), tip));
    }
    if (!status.engine().height().equals(status.tip().next())) {
      world
          .violations()
          .report(
              name(),
              node.id(),
              "the engine is at %s, the tip at %s"
                  .formatted(status.engine().height(), status.tip()));
    }
  }
}
