package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import dev.quorate.simulator.observe.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * O14: a correct node that was killed between two turns stands, rebuilt from its disk, where it
 * stood: at the same tip, in the same view or round, active or not as it was, as far in its votes,
 * and with the same blocks on their way. And it was rebuilt from the state that was acknowledged
 * last, to the byte.
 */
public final class SameAfterRestart implements Oracle {
  private final Map<ValidatorId, ReplicaStatus> last = new HashMap<>();
  private final Map<ValidatorId, Bytes> acknowledged = new HashMap<>();
  private final Map<ValidatorId, Before> killed = new HashMap<>();

  /** Where a node stood when it was killed. */
  private record Before(ReplicaStatus status, Optional<Standing> standing) {}

  @Override
  public String name() {
    return "O14 same after restart";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Crashed.class,
        Observation.Started.class,
        Observation.Turned.class,
        Observation.Wrote.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Turned(_, var node, _, var status) -> last.put(node, status);
      case Observation.Wrote(_, var node, _, Written.Records records) ->
          records.engineState().ifPresent(it -> acknowledged.put(node, it));
      case Observation.Crashed(_, var node, _, var how) -> {
        var status = last.get(node);
        if (how == CrashKind.KILLED && status != null) {
          killed.put(node, new Before(status, world.node(node).standing()));
        }
      }
      case Observation.Started(_, var node, _, var status) -> {
        var before = killed.remove(node);
        last.remove(node);
        if (before != null && world.node(node).isCorrect()) {
          compare(before, status, world.node(node), world);
        }
        // A sync that failed may have written all the same: whoever starts reads what there is.
        world.node(node).savedState().ifPresent(it -> acknowledged.put(node, it));
      }
      default -> {}
    }
  }

  private void compare(Before before, ReplicaStatus status, NodeView node, World world) {
    if (!isSame(before.status(), status)) {
      report(
          node,
          "was at %s %s, is at %s %s"
              .formatted(
                  before.status().tip(), before.status().engine(), status.tip(), status.engine()),
          world);
    }
    if (!before.standing().equals(node.standing())) {
      report(node, "stood at " + before.standing() + ", stands at " + node.standing(), world);
    }
    var saved = acknowledged.get(node.id());
    if (saved != null && !node.savedState().equals(Optional.of(saved))) {
      report(node, "found another state than was written last", world);
    }
  }

  private void report(NodeView node, String what, World world) {
    world.violations().report(name(), node.id(), what);
  }

  private static boolean isSame(ReplicaStatus before, ReplicaStatus after) {
    return before.tipId().equals(after.tipId()) && isSame(before.engine(), after.engine());
  }

  private static boolean isSame(EngineStatus before, EngineStatus after) {
    return before.height().equals(after.height())
        && before.round().equals(after.round())
        && before.active() == after.active()
        && before.inFlight() == after.inFlight();
  }
}
