package dev.quorate.simulator.oracle;

import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/** O21: what a correct node holds stays within its named limits, whatever peers send. */
public final class BoundedMemory implements Oracle {
  @Override
  public String name() {
    return "O21 bounded memory";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Turned(_, var node, _, var status)
        && isTooMuch(status)
        && world.node(node).isCorrect()) {
      world
          .violations()
          .report(
              name(), node, "pool %s with %d bytes".formatted(status.pool(), status.poolBytes()));
    }
  }

  private static boolean isTooMuch(ReplicaStatus status) {
    return status.pool().pending() > ReplicaLimits.DEFAULT.poolTransactions()
        || status.poolBytes() > ReplicaLimits.DEFAULT.poolBytes();
  }
}
