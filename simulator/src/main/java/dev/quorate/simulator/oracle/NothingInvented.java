package dev.quorate.simulator.oracle;

import dev.quorate.crypto.Hash;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashSet;
import java.util.Set;

/**
 * O9: every final transaction was handed in by a client, or by a node that may do anything and said
 * so by {@link Observation.Submitted}.
 */
public final class NothingInvented implements Oracle {
  private final Set<Hash> submitted = new HashSet<>();
  private long highest;

  @Override
  public String name() {
    return "O9 no invented transaction";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class, Observation.Submitted.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Submitted(_, _, var transaction) -> submitted.add(transaction.id());
      case Observation.Delivered(_, var node, _, var block, _) -> {
        if (world.node(node).isCorrect() && block.height().value() > highest) {
          highest = block.height().value();
          for (var transaction : block.transactions()) {
            if (!submitted.contains(transaction.id())) {
              world.violations().report(name(), node, transaction + " in " + block);
            }
          }
        }
      }
      default -> {}
    }
  }
}
