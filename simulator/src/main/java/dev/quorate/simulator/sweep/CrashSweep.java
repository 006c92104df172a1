package dev.quorate.simulator.sweep;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.observe.CrashKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A fixed scenario with traffic and a view change, in which one node dies at one durable boundary,
 * starts again and goes on: for every node, every boundary, and before, in the middle of and after
 * the write.
 */
public final class CrashSweep {
  private static final List<String> NODES = List.of("a", "b", "c", "d");
  private static final List<CrashKind> KINDS =
      List.of(CrashKind.BEFORE_WRITE, CrashKind.TORN_WRITE, CrashKind.AFTER_WRITE);
  private static final Duration DOWN = Duration.ofMillis(200);
  private static final Duration CUT_AT = Duration.ofMillis(450);
  private static final Duration MENDED_AT = Duration.ofMillis(1_300);
  private static final Duration END = Duration.ofMillis(1_700);

  private final String engine;
  private final long seed;

  /** The scenario with one engine; the seed decides delays and transactions. */
  public CrashSweep(String engine, long seed) {
    this.engine = engine;
    this.seed = seed;
  }

  /** One crash: which node, at which of its boundaries, how. */
  public record Crash(String node, long boundary, CrashKind kind) {}

  /** All crashes that there are, found by a run without any. */
  public List<Crash> crashes() {
    var scenario = scenario();
    if (!(scenario.runFor(END) instanceof Verdict.Agreed)) {
      throw new IllegalStateException("the scenario fails without a crash: " + scenario);
    }
    var crashes = new ArrayList<Crash>();
    for (var node : NODES) {
      long boundaries = scenario.node(node).disk().fuse().boundaries();
      for (long boundary = 1; boundary <= boundaries; boundary++) {
        for (var kind : KINDS) {
          crashes.add(new Crash(node, boundary, kind));
        }
      }
    }
    return crashes;
  }

  /** The scenario with one crash. */
  public Verdict run(Crash crash) {
    var scenario = scenario().restartsAfter(DOWN);
    scenario.node(crash.node()).disk().fuse().blowAt(crash.boundary(), crash.kind());
    return scenario.runFor(END);
  }

  private Simulation scenario() {
    var scenario = Simulation.seeded(seed).engine(engine).traffic(25, 2);
    return scenario.at(CUT_AT, () -> scenario.partition("a")).at(MENDED_AT, scenario::heal);
  }
}
