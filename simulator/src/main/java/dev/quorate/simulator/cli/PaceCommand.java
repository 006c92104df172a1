package dev.quorate.simulator.cli;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what the simulator costs when nothing goes wrong. */
@Command(
    name = "pace",
    mixinStandardHelpOptions = true,
    description =
        "Measures how many runs of four nodes and 200 blocks one thread does in a second:"
            + " no faults, all oracles.")
final class PaceCommand implements Callable<Integer> {
  private static final long BLOCKS = 200;
  private static final Duration VIRTUAL = Duration.ofSeconds(4);

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "before the measuring begins (default: ${DEFAULT-VALUE})",
      defaultValue = "30")
  private long warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "how long to measure (default: ${DEFAULT-VALUE})",
      defaultValue = "20")
  private long seconds;

  @Mixin private EngineOption engine = new EngineOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  PaceCommand() {}

  /** What was done in a while. */
  private record Done(long runs, long blocks, double seconds) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("warming up for %d s%n", warmUp);
    out.flush();
    var warm = during(warmUp, 0);
    var done = during(seconds, warm.runs());
    out.printf(
        "%d runs, %d blocks in %.1f s: %.1f runs of %d blocks a second on one thread%n",
        done.runs(),
        done.blocks(),
        done.seconds(),
        done.blocks() / (double) BLOCKS / done.seconds(),
        BLOCKS);
    return Main.FINE;
  }

  private Done during(long wanted, long firstSeed) {
    long begin = System.nanoTime();
    long runs = 0;
    long blocks = 0;
    while (runs == 0 || System.nanoTime() - begin < Duration.ofSeconds(wanted).toNanos()) {
      var simulation = Simulation.seeded(firstSeed + runs).engine(engine.name(spec));
      blocks +=
          switch (simulation.traffic(60, 1).runFor(VIRTUAL)) {
            case Verdict.Agreed agreed -> agreed.highest();
            case Verdict.Violated violated -> throw new IllegalStateException(violated.toString());
            case Verdict.Invalid invalid -> throw new IllegalStateException(invalid.why());
          };
      runs++;
    }
    return new Done(runs, blocks, (System.nanoTime() - begin) / 1e9);
  }
}
