package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * O16: rounds come to an end, their timeouts grow, and not beyond their bound.
 *
 * <p>Some time after GST, and after the last start of a process in the healed core, a height is
 * decided before everybody has had a turn: as long as one alone is locked on a block that a quorum
 * needs, its own turn may be waited for, but no longer. So of the rounds whose proposer is correct
 * and in the core, members of the core leave no more without a decision than there are validators.
 */
final class BoundedRounds implements Oracle {
  private final Turns turns = new Turns();
  private final Map<ValidatorId, Place> places = new HashMap<>();
  private final Map<Height, Set<Round>> left = new HashMap<>();
  private final Map<ValidatorId, Map<Step, Timeout>> timeouts = new HashMap<>();
  private Instant settled = Instant.MAX;

  /** Where a validator is since when. */
  private record Place(Height height, Round round, Instant since) {}

  /** The last timeout of a step that was started. */
  private record Timeout(RoundTimer timer, Duration delay) {}

  @Override
  public String name() {
    return "O16 rounds are bounded";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Healed.class,
        Observation.Started.class,
        Observation.Stepped.class,
        Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Healed it -> settled = it.at().plus(longest(world));
      case Observation.Started it -> {
        places.remove(it.node());
        timeouts.remove(it.node());
        if (world.core().contains(it.node())) {
          settled = it.at().plus(longest(world));
        }
      }
      case Observation.Stepped it -> {
        if (world.node(it.node()).isCorrect()) {
          timers(it, world);
        }
      }
      case Observation.Turned it -> {
        if (world.core().contains(it.node()) && world.node(it.node()).isCorrect()) {
          var status = it.status().engine();
          moved(it.node(), new Place(status.height(), status.round(), it.at()), world);
        }
      }
      default -> {}
    }
  }

  private void moved(ValidatorId node, Place place, World world) {
    var before = places.get(node);
    boolean stays =
        before != null
            && before.height().equals(place.height())
            && before.round().equals(place.round());
    if (stays) {
      return;
    }
    places.put(node, place);
    if (before != null
        && before.height().equals(place.height())
        && before.since().isAfter(settled)) {
      for (int it = before.round().value(); it < place.round().value(); it++) {
        leaves(node, place.height(), new Round(it), world);
      }
    }
  }

  private void leaves(ValidatorId node, Height height, Round round, World world) {
    var proposer = turns.proposerOf(height, round, world);
    boolean good = world.core().contains(proposer) && world.node(proposer).isCorrect();
    var ofHeight = left.computeIfAbsent(height, _ -> new HashSet<>());
    if (good && ofHeight.add(round) && ofHeight.size() > world.nodes().size()) {
      var text =
          "leaves round %s of height %s, so did it or others these of good proposers: %s"
              .formatted(round, height, ofHeight);
      world.violations().report(name(), node, text);
    }
  }

  private void timers(Observation.Stepped stepped, World world) {
    for (var effect : stepped.effects()) {
      if (effect instanceof Effect.StartTimer<?>(var timer, var delay)) {
        RoundTimer.of(timer).ifPresent(it -> timer(stepped.node(), new Timeout(it, delay), world));
      }
    }
  }

  private void timer(ValidatorId node, Timeout timeout, World world) {
    var bound = longest(world);
    if (timeout.delay().compareTo(bound) > 0) {
      world
          .violations()
          .report(name(), node, "%s takes %s".formatted(timeout.timer(), timeout.delay()));
    }
    var before =
        timeouts.computeIfAbsent(node, _ -> new HashMap<>()).put(timeout.timer().step(), timeout);
    boolean grows = parameter(world, "t_per_round_ms", 100) > 0;
    boolean mustGrow =
        before != null
            && grows
            && timeout.timer().isLaterThan(before.timer())
            && before.delay().compareTo(bound) < 0;
    if (mustGrow && timeout.delay().compareTo(before.delay()) <= 0) {
      var text =
          "%s takes %s, and %s took %s"
              .formatted(timeout.timer(), timeout.delay(), before.timer(), before.delay());
      world.violations().report(name(), node, text);
    }
  }

  private static Duration longest(World world) {
    return Duration.ofMillis(parameter(world, "t_max_ms", 30_000));
  }

  private static long parameter(World world, String name, long byDefault) {
    return world.genesis().parameters().getOrDefault(name, byDefault);
  }
}
