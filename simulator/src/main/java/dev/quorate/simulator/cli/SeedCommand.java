package dev.quorate.simulator.cli;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.plan.RunPlan;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one seed and says all about it. */
@Command(
    name = "seed",
    mixinStandardHelpOptions = true,
    description = "Runs one seed; the same seed always runs the same.")
final class SeedCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SEED", description = "which one")
  private long seed;

  @Option(names = "--trace", description = "print everything that happens")
  private boolean trace;

  @Mixin private EngineOption engine = new EngineOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  SeedCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var plan = RunPlan.of(seed, engine.name(spec));
    out.println(plan);
    var simulation = Simulation.of(plan);
    if (trace) {
      simulation.listen(new Trace(simulation, out));
    }
    var verdict = simulation.run();
    new Table(out).print(verdict.tally());
    return switch (verdict) {
      case Verdict.Agreed(var highest, var transactions, var log, _) -> {
        out.printf(
            "agreed: %d blocks, %d transactions, event log %s%n", highest, transactions, log);
        yield Main.FINE;
      }
      case Verdict.Invalid(var why, var log, _) -> {
        out.printf("says nothing: %s, event log %s%n", why, log);
        yield Main.FINE;
      }
      case Verdict.Violated violated -> {
        out.printf("violated: %s%n  event log %s%n", violated, violated.eventLog());
        yield Main.VIOLATED;
      }
    };
  }
}
