package dev.quorate.simulator.oracle;

import dev.quorate.crypto.Hash;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** O10: no transaction stands in the chain twice. */
public final class ExactlyOnce implements Oracle {
  private final Map<Hash, Long> places = new HashMap<>();

  @Override
  public String name() {
    return "O10 exactly once";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Delivered(_, var node, _, var block, _)
        && world.node(node).isCorrect()) {
      // The place in the ledger would cost a lookup; height and index are as good.
      long place = block.height().value() << 20;
      for (var transaction : block.transactions()) {
        var before = places.putIfAbsent(transaction.id(), place);
        if (before != null && before != place) {
          world
              .violations()
              .report(
                  name(),
                  node,
                  "%s in %s and at height %d".formatted(transaction, block, before >> 20));
        }
        place++;
      }
    }
  }
}
