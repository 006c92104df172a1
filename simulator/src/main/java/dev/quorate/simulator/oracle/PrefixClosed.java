package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * O2: what a correct node delivers has no gap, begins anew nowhere, and is never taken back, over
 * all its incarnations.
 */
public final class PrefixClosed implements Oracle {
  private final Map<ValidatorId, Tip> tips = new HashMap<>();

  private record Tip(Height height, BlockId id) {}

  @Override
  public String name() {
    return "O2 delivered log";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class, Observation.Started.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Started(_, var node, _, var status) -> {
        if (world.node(node).isCorrect()) {
          started(node, new Tip(status.tip(), status.tipId()), world);
        }
      }
      case Observation.Delivered(_, var node, _, var block, _) -> {
        if (world.node(node).isCorrect()) {
          var next = new Tip(block.height(), block.id());
          follow(node, next, block.header().lastBlockId(), world);
        }
      }
      default -> {}
    }
  }

  private void started(ValidatorId node, Tip found, World world) {
    var before = tips.put(node, found);
    if (before != null && before.height().isAbove(found.height())) {
      world
          .violations()
          .report(
              name(),
              node,
              "delivered up to %s, started again at %s".formatted(before.height(), found.height()));
    }
    if (before != null && !before.id().isNone()) {
      var kept = world.node(node).chain().header(before.height());
      if (kept.isEmpty() || !kept.get().hash().equals(before.id().hash())) {
        world.violations().report(name(), node, "height %s has changed".formatted(before.height()));
      }
    }
  }

  private void follow(ValidatorId node, Tip next, BlockId parent, World world) {
    var before = tips.put(node, next);
    if (before == null
        || !before.height().next().equals(next.height())
        || !before.id().equals(parent)) {
      world.violations().report(name(), node, "delivered %s after %s".formatted(next, before));
    }
  }
}
