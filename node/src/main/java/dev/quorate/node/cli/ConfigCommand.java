package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import dev.quorate.node.config.ConfigReading.Faulty;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.Fault;
import dev.quorate.node.config.NodeConfigReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at configurations. */
@Command(
    name = "config",
    description = "Look at a node's configuration.",
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand {
  /** Reads a configuration and says everything that is wrong with it. */
  @Command(name = "check", description = "Say everything that is wrong with a node's file.")
  static final class Check implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "a node.toml")
    private Path config = Path.of("node.toml");

    @Override
    public Integer call() {
      return switch (NodeConfigReader.read(config, System.getenv())) {
        case Loaded _ -> {
          output.result("configuration ok");
          yield ExitCode.OK;
        }
        case Faulty(var faults) -> {
          Fault.lines(faults).forEach(output::error);
          output.error(Fault.count(faults) + ".");
          yield ExitCode.FAILED;
        }
      };
    }
  }
}
