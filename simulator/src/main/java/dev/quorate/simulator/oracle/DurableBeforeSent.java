package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import dev.quorate.simulator.observe.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * O13: when a frame leaves a correct node, everything is durable that its engine had asked to be
 * durable by then, and every signature that was made; and what was written is what was asked for
 * last.
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
    @Nullable DurableState state;
  }

  @Override
  public String name() {
    return "O13 durable before sent";
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Stepped(_, var node, _, _, var effects) -> asked(node, effects);
      case Observation.Wrote(_, var node, _, Written.Records records) ->
          wrote(node, records, world);
      case Observation.Signed(_, var node, _, _, _) -> of(node).unsynced++;
      case Observation.Wrote(_, var node, _, Written.GuardSlot _) -> of(node).unsynced = 0;
      case Observation.Sent(_, var node, _, _, _) -> sent(node, world);
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
        if (durable instanceof Effect.Persist<?>(var state)) {
          asked.state = state;
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

  /** The replica puts a number before the engine's own bytes. */
  private static boolean endsWith(Bytes written, Bytes state) {
    int number = written.length() - state.length();
    return number >= 0 && written.slice(number, written.length()).equals(state);
  }

  private void sent(ValidatorId node, World world) {
    var asked = of(node);
    if ((asked.outstanding > 0 || asked.unsynced > 0) && world.node(node).isCorrect()) {
      world
          .violations()
          .report(
              name(),
              node,
              "%d effects and %d signatures were not durable when a frame left"
                  .formatted(asked.outstanding, asked.unsynced));
    }
  }
}
