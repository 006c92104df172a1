package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * O14: a correct node that was killed between two turns stands, rebuilt from its disk, where it
 * stood: at the same tip, in the same view or round, active or not as it was.
 */
public final class SameAfterRestart implements Oracle {
  private final Map<ValidatorId, ReplicaStatus> last = new HashMap<>();
  private final Map<ValidatorId, ReplicaStatus> killed = new HashMap<>();

  @Override
  public String name() {
    return "O14 same after restart";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Crashed.class, Observation.Started.class, Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Turned(_, var node, _, var status) -> last.put(node, status);
      case Observation.Crashed(_, var node, _, var how) -> {
        var status = last.get(node);
        if (how == CrashKind.KILLED && status != null) {
          killed.put(node, status);
        }
      }
      case Observation.Started(_, var node, _, var status) -> {
        var before = killed.remove(node);
        last.remove(node);
        if (before != null && world.node(node).isCorrect() && !isSame(before, status)) {
          world
              .violations()
              .report(
                  name(),
                  node,
                  "was at %s %s, is at %s %s"
                      .formatted(before.tip(), before.engine(), status.tip(), status.engine()));
        }
      }
      default -> {}
    }
  }

  private static boolean isSame(ReplicaStatus before, ReplicaStatus after) {
    return before.tipId().equals(after.tipId()) && isSame(before.engine(), after.engine());
  }

  private static boolean isSame(EngineStatus before, EngineStatus after) {
    return before.height().equals(after.height())
        && before.round().equals(after.round())
        && before.active() == after.active();
  }
}
