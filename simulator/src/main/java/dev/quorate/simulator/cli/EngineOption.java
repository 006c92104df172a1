package dev.quorate.simulator.cli;

import dev.quorate.simulator.Engines;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which engine to run. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "pbft",
      description = "the engine, as genesis names it (default: ${DEFAULT-VALUE})")
  private String name = "pbft";

  EngineOption() {}

  /** Its name; wrong usage if there is none of it. */
  String name(CommandSpec spec) {
    if (!Engines.names().contains(name)) {
      throw new ParameterException(
          spec.commandLine(), "no engine " + name + "; there are " + Engines.names());
    }
    return name;
  }
}
