package dev.quorate.simulator.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs as many seeds as there is time for. */
@Command(
    name = "minutes",
    mixinStandardHelpOptions = true,
    description = "Runs seeds one after the other for so many minutes.")
final class MinutesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MINUTES", description = "how long, also a part of one")
  private double minutes;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      description = "the first seed (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  private long from;

  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private CampaignOptions options = new CampaignOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  MinutesCommand() {}

  @Override
  public Integer call() {
    var campaign = new Campaign(engine.name(spec), options, spec.commandLine().getOut());
    return campaign.run(
        from, Long.MAX_VALUE, Duration.ofMillis((long) (minutes * 60_000)).toNanos());
  }
}
