package dev.quorate.simulator;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.observe.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a scenario wants to know of a run when it is over. */
final class Watch implements Consumer<Observation> {
  /** Every block that a node was told is final. */
  final List<Observation.Delivered> delivered = new ArrayList<>();

  /** Whom somebody accused. */
  final Set<ValidatorId> accused = new HashSet<>();

  /** The highest view of each node in which it was active. */
  final TreeMap<ValidatorId, Integer> views = new TreeMap<>();

  /** All steps, in their order. */
  final List<Observation.Stepped> steps = new ArrayList<>();

  @Override
  public void accept(Observation observation) {
    if (observation instanceof Observation.Delivered it) {
      delivered.add(it);
    } else if (observation instanceof Observation.Turned it && it.status().engine().active()) {
      views.merge(it.node(), it.status().engine().round().value(), Math::max);
    } else if (observation instanceof Observation.Stepped it) {
      steps.add(it);
      for (var effect : it.effects()) {
        if (effect instanceof Effect.Accuse<?>(var first, _)) {
          accused.add(first.validator());
        }
      }
    }
  }

  /** The highest view in which anybody was active. */
  int highestView() {
    return views.values().stream().mapToInt(it -> it).max().orElse(0);
  }

  /** How many blocks this node was told of after a time. */
  long deliveredAt(ValidatorId node, Instant after) {
    return delivered.stream()
        .filter(it -> it.node().equals(node) && it.at().isAfter(after))
        .count();
  }

  /** When this node was first told of a block after a time. */
  Optional<Instant> firstDeliveredAt(ValidatorId node, Instant after) {
    return delivered.stream()
        .filter(it -> it.node().equals(node) && it.at().isAfter(after))
        .map(Observation.Delivered::at)
        .findFirst();
  }
}
