package dev.quorate.simulator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs all seeds of a range. */
@Command(
    name = "range",
    mixinStandardHelpOptions = true,
    description = "Runs the seeds from FROM (included) to TO (excluded).")
final class RangeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FROM", description = "the first seed")
  private long from;

  @Parameters(index = "1", paramLabel = "TO", description = "the one after the last")
  private long to;

  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private CampaignOptions options = new CampaignOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  RangeCommand() {}

  @Override
  public Integer call() {
    if (to <= from) {
      throw new ParameterException(spec.commandLine(), "nothing is from " + from + " to " + to);
    }
    var campaign = new Campaign(engine.name(spec), options, spec.commandLine().getOut());
    return campaign.run(from, to, Long.MAX_VALUE);
  }
}
