package dev.quorate.simulator.oracle;

import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Count;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Arrays;
import java.util.Set;

/**
 * O23: no exception escapes an engine or a replica but a disk's, no frame makes the ingress
 * stumble, and no correct node finds that going on would be unsafe.
 */
public final class NothingEscapes implements Oracle {
  @Override
  public String name() {
    return "O23 nothing escapes";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Ended.class, Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Ended(_, var node, _, Condition.Failed(var cause)) -> {
        if (!(cause instanceof StorageException)) {
          var stack = Arrays.stream(cause.getStackTrace()).limit(12).toList();
          world.violations().report(name(), node, cause + " " + stack);
        }
      }
      case Observation.Ended(_, var node, _, Condition.Halted(var reason)) -> {
        if (world.node(node).isCorrect()) {
          world.violations().report(name(), node, "halted: " + reason);
        }
      }
      case Observation.Turned(_, var node, _, _) -> {
        var counts = world.node(node).counts();
        if (counts.isPresent() && counts.get().of(Count.FRAMES_STUMBLED) > 0) {
          world.violations().report(name(), node, "the ingress stumbled over a frame");
        }
        if (counts.isPresent()
            && counts.get().of(Count.SIGNATURES_REFUSED) > 0
            && world.node(node).isCorrect()) {
          world.violations().report(name(), node, "the sign guard refused a signature");
        }
      }
      default -> {}
    }
  }
}
