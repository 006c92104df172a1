package dev.quorate.simulator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "quorate-sim",
    mixinStandardHelpOptions = true,
    description = "Runs whole networks under virtual time, with faults that a seed decides.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all rules held", "2:wrong usage", "3:a rule did not hold"},
    subcommands = {
      SeedCommand.class,
      RangeCommand.class,
      MinutesCommand.class,
      SweepCommand.class,
      PaceCommand.class
    })
final class SimCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  SimCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to run: seed, range, minutes, sweep, pace");
  }
}
