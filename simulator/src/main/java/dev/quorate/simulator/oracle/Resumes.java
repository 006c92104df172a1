package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.replica.Submission;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * O18: once a core is healed, also a network whose processes were all gone at once goes on. When
 * the whole core runs again and one of it takes a transaction, every one of it delivers a block
 * within {@link #BOUND}.
 */
public final class Resumes implements Oracle {
  /** Some view changes at the cap that simulated networks have, one after the other. */
  public static final Duration BOUND = Duration.ofSeconds(30);

  /** What the core has to do since all were gone. */
  private enum Stage {
    /** Nothing. */
    RUNNING,
    /** To come back. */
    DOWN,
    /** To be asked for something. */
    BACK,
    /** To deliver. */
    ASKED
  }

  private final Set<ValidatorId> owing = new LinkedHashSet<>();
  private Stage stage = Stage.RUNNING;
  private Instant asked = Instant.MAX;

  @Override
  public String name() {
    return "O18 resumes";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Answered.class,
        Observation.Crashed.class,
        Observation.Delivered.class,
        Observation.Ended.class,
        Observation.Finished.class,
        Observation.Started.class,
        Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Crashed _, Observation.Ended _ -> {
        if (!world.core().isEmpty() && world.nodes().stream().noneMatch(NodeView::isUp)) {
          stage = Stage.DOWN;
        }
      }
      case Observation.Started _ -> {
        if (stage == Stage.DOWN && world.core().stream().allMatch(it -> world.node(it).isUp())) {
          stage = Stage.BACK;
        }
      }
      case Observation.Answered(var at, var node, _, Submission.Admitted()) -> {
        if (stage == Stage.BACK && world.core().contains(node)) {
          stage = Stage.ASKED;
          asked = at;
          owing.clear();
          owing.addAll(world.core());
        }
      }
      case Observation.Delivered(_, var node, _, _, _) -> {
        if (stage == Stage.ASKED && owing.remove(node) && owing.isEmpty()) {
          stage = Stage.RUNNING;
        }
      }
      case Observation.Turned(var at, _, _, _) -> {
        if (stage == Stage.ASKED && asked.plus(BOUND).isBefore(at)) {
          report("after " + BOUND, world);
        }
      }
      case Observation.Finished(_, var calm) -> {
        if (stage == Stage.ASKED && calm) {
          report("at the end", world);
        }
      }
      default -> {}
    }
  }

  private void report(String when, World world) {
    stage = Stage.RUNNING;
    world
        .violations()
        .report(name(), owing.iterator().next(), "has delivered nothing since, " + when);
  }
}
