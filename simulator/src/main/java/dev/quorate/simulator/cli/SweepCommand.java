package dev.quorate.simulator.cli;

import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.sweep.CrashSweep;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Crashes one node at every durable boundary of a fixed scenario. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description =
        "Crashes each node at each of its durable writes, before, in the middle and after it.")
final class SweepCommand implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "of the scenario (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed;

  @Mixin private EngineOption engine = new EngineOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  SweepCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var sweep = new CrashSweep(engine.name(spec), seed);
    var crashes = sweep.crashes();
    out.printf("%d crashes%n", crashes.size());
    int violated = 0;
    for (var crash : crashes) {
      if (sweep.run(crash) instanceof Verdict.Violated verdict) {
        violated++;
        out.printf("%s: %s%n", crash, verdict);
      }
    }
    out.printf("%d of %d broke a rule%n", violated, crashes.size());
    return violated == 0 ? Main.FINE : Main.VIOLATED;
  }
}
