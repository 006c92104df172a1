package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * O16: view changes come to an end, and no timer grows beyond its bound.
 *
 * <p>Some time after GST, when all in the healed core can have found each other, views whose
 * primary is correct and in the core are left by members of the core only a few times. With a
 * rotating primary every view has faulty ones, so there only the timers are looked at.
 */
final class BoundedViews implements Oracle {
  /** Views of good primaries that may still be left. */
  static final int LEAVES_ALLOWED = 4;

  private static final String VIEW_TIMER = "VIEW";

  private final Set<Integer> left = new HashSet<>();
  private Instant settled = Instant.MAX;

  @Override
  public String name() {
    return "O16 views are bounded";
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Healed healed) {
      settled = healed.at().plus(longestTimeout(world).multipliedBy(2));
    } else if (observation instanceof Observation.Stepped it && world.node(it.node()).isCorrect()) {
      timers(it, world);
      if (it.at().isAfter(settled) && world.core().contains(it.node())) {
        leaving(it, world);
      }
    }
  }

  private void leaving(Observation.Stepped stepped, World world) {
    for (var effect : stepped.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message) && message instanceof ViewChange it) {
        leaves(stepped.node(), it.claim().newView().value() - 1, world);
      }
    }
  }

  private void timers(Observation.Stepped stepped, World world) {
    for (var effect : stepped.effects()) {
      if (effect instanceof Effect.StartTimer<?>(var timer, var delay)
          && timer.toString().equals(VIEW_TIMER)
          && delay.compareTo(longestTimeout(world)) > 0) {
        world.violations().report(name(), stepped.node(), "T(v) is " + delay);
      }
    }
  }

  private void leaves(ValidatorId node, int view, World world) {
    boolean rotating = world.genesis().parameters().getOrDefault("rotation", 0L) > 0;
    if (rotating || !isGood(primaryOf(view, world), world) || !left.add(view)) {
      return;
    }
    if (left.size() > LEAVES_ALLOWED) {
      var text = "leaves view " + view + ", so did it these views of good primaries: " + left;
      world.violations().report(name(), node, text);
    }
  }

  private static boolean isGood(ValidatorId node, World world) {
    return world.core().contains(node) && world.node(node).isCorrect();
  }

  private static ValidatorId primaryOf(int view, World world) {
    var schedule = ProposerSchedule.of(world.genesis().validatorSet());
    return schedule.at(view % schedule.size());
  }

  private static Duration longestTimeout(World world) {
    return Duration.ofMillis(world.genesis().parameters().getOrDefault("t_max_ms", 30_000L));
  }
}
