package dev.quorate.simulator.oracle;

import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import dev.quorate.simulator.oracle.plain.PlainChain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * O3: the chain is dense, every block follows its parent by all rules, and its id and roots are
 * those of its bytes, read and hashed by code that is not the ledger's. Each height is looked at
 * once: that the nodes have the same is O1's.
 */
public final class SoundChain implements Oracle {
  private @Nullable PlainChain chain;

  @Override
  public String name() {
    return "O3 sound chain";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Delivered(_, var node, _, var block, _)
        && world.node(node).isCorrect()) {
      if (chain == null) {
        chain = new PlainChain(world.genesis(), world.blockShape(), world.scheme());
      }
      if (block.height().value() == chain.height() + 1) {
        var fault = chain.append(block.encoded(), block.id());
        if (!fault.isEmpty()) {
          world.violations().report(name(), node, block + ": " + fault);
        }
      }
    }
  }
}
