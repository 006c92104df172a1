package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import dev.quorate.simulator.observe.Written;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * O13: when a frame leaves a correct node, everything is durable that its engine had asked to be
 * durable by then, and every signature that was made; the same when the finality listener is told
 * of a block. And what was written is what was asked for: the last state, every body, every block.
 */
public final class DurableBeforeSent implements Oracle {
  /** One write in so many has its engine state encoded again and compared. */
  private static final int SAMPLE = 8;

  private final Map<ValidatorId, Asked> nodes = new HashMap<>();

  /** What an engine asked to be durable since the last write. */
  private static final class Asked {
    int outstanding;
    int unsynced;
    long writes;
    final Set<BlockId> bodies = new HashSet<>();
    final Set<BlockId> finals = new HashSet<>();
    @Nullable DurableState state;
  }

  @Override
  public String name() {
    return "O13 durable before sent";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Delivered.class,
        Observation.Sent.class,
        Observation.Signed.class,
        Observation.Started.class,
        Observation.Stepped.class,
        Observation.Wrote.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Stepped(_, var node, _, _, var effects) -> asked(node, effects);
      case Observation.Wrote(_, var node, _, Written.Records records) ->
          wrote(node, records, world);
      case Observation.Signed(_, var node, _, _, _) -> of(node).unsynced++;
      case Observation.Wrote(_, var node, _, Written.GuardSlot _) -> of(node).unsynced = 0;
      case Observation.Sent(_, var node, _, _, _) -> seen(node, "a frame left", world);
      case Observation.Delivered(_, var node, _, _, _) -> seen(node, "a block was told", world);
      case Observation.Started(_, var node, _, _) -> nodes.put(node, new Asked());
      default -> {}
    }
  }

  private Asked of(ValidatorId node) {
    return nodes.computeIfAbsent(node, _ -> new Asked());
  }

  private void asked(ValidatorId node, List<? extends Effect<?>> effects) {
    var asked = of(node);
    for (var effect : effects) {
      if (effect instanceof Effect.Durable<?> durable) {
        asked.outstanding++;
        switch (durable) {
          case Effect.Persist<?>(var state) -> asked.state = state;
          case Effect.Store<?>(var block) -> asked.bodies.add(block.id());
          case Effect.Commit<?>(var block, _) -> asked.finals.add(block.id());
        }
      }
    }
  }

  private void wrote(ValidatorId node, Written.Records records, World world) {
    var asked = of(node);
    asked.outstanding = 0;
    asked.writes++;
    var state = asked.state;
    asked.state = null;
    requireBlocks(node, asked, records, world);
    if (!world.node(node).isCorrect() || state == null) {
      return;
    }
    if (records.engineState().isEmpty()) {
      world.violations().report(name(), node, "a write left the engine's state out");
    } else if (asked.writes % SAMPLE == 0
        && !endsWith(records.engineState().get(), state.encode())) {
      world.violations().report(name(), node, "an older state of the engine was written");
    }
  }

  private void requireBlocks(ValidatorId node, Asked asked, Written.Records records, World world) {
    records.appended().forEach(it -> asked.finals.remove(it.id()));
    records.appended().forEach(it -> asked.bodies.remove(it.id()));
    records.bodies().forEach(it -> asked.bodies.remove(it.id()));
    if (!asked.finals.isEmpty() || !asked.bodies.isEmpty()) {
      if (world.node(node).isCorrect()) {
        world
            .violations()
            .report(
                name(),
                node,
                "a write left out %d bodies and %d final blocks"
                    .formatted(asked.bodies.size(), asked.finals.size()));
      }
      asked.finals.clear();
      asked.bodies.clear();
    }
  }

  /** The replica puts a number before the engine's own bytes. */
  private static boolean endsWith(Bytes written, Bytes state) {
    int number = written.length() - state.length();
    return number >= 0 && written.slice(number, written.length()).equals(state);
  }

  private void seen(ValidatorId node, String what, World world) {
    var asked = of(node);
    if ((asked.outstanding > 0 || asked.unsynced > 0) && world.node(node).isCorrect()) {
      world
          .violations()
          .report(
              name(),
              node,
              "%d effects and %d signatures were not durable when %s"
                  .formatted(asked.outstanding, asked.unsynced, what));
    }
  }
}
