package dev.quorate.simulator.canary;

import dev.quorate.mutants.Experiment;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Traps in which nothing is wrong in the end, and nothing goes on until then: {@code TRAP seed}
 * says {@link #HOLDS}, or what happened instead.
 */
final class Traps implements Experiment {
  static final String HOLDS = "holds";

  private final List<Observation.Delivered> delivered = new ArrayList<>();
  private int highestView;

  /** The trap, and what must not happen in it. */
  enum Trap {
    /** Frames take so long that no block fits into the first views: one must fit into a later. */
    SLOW_FRAMES,
    /** One that was paused for long and caught up is needed for a quorum: it votes in its view. */
    LATE_VOTER
  }

  @Override
  public String run(String argument) {
    var words = argument.split(" ", 2);
    var sim = Simulation.seeded(Long.parseLong(words[1])).powers(5, 4, 4, 4).listen(this::see);
    return switch (Trap.valueOf(words[0])) {
      case SLOW_FRAMES -> slowFrames(sim.parameter("t0_ms", 200));
      case LATE_VOTER -> lateVoter(sim);
    };
  }

  private String slowFrames(Simulation sim) {
    sim.at(seconds(1), () -> sim.net().weather(it -> it.withDelay(380_000_000, 40_000_000)));

    var verdict = sim.runFor(seconds(12));
    return judge(verdict, isDelivered(seconds(4), seconds(12)));
  }

  private String lateVoter(Simulation sim) {
    sim.at(seconds(2), () -> sim.node("d").pauseUntil(seconds(8).toNanos()))
        .at(seconds(9), () -> sim.crash("b"));

    var verdict = sim.runFor(seconds(13));
    return judge(verdict, highestView == 0 && isDelivered(seconds(10), seconds(13)));
  }

  private String judge(Verdict verdict, boolean holds) {
    if (verdict instanceof Verdict.Violated violated) {
      return violated.toString();
    }
    return holds ? HOLDS : "view " + highestView + ", " + delivered.size() + " blocks delivered";
  }

  private boolean isDelivered(Duration from, Duration until) {
    return delivered.stream()
        .map(it -> Duration.between(Simulation.BEGINNING, it.at()))
        .anyMatch(it -> it.compareTo(from) > 0 && it.compareTo(until) < 0);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private void see(Observation observation) {
    if (observation instanceof Observation.Delivered it) {
      delivered.add(it);
    } else if (observation instanceof Observation.Turned it && it.status().engine().active()) {
      highestView = Math.max(highestView, it.status().engine().round().value());
    }
  }
}
