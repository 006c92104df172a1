package dev.quorate.node.cli;

import dev.quorate.node.Logging;
import dev.quorate.node.ProcessLife;
import dev.quorate.node.StartRefused;
import dev.quorate.node.config.ConfigReading.Faulty;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.Fault;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.config.NodeConfigReader;
import dev.quorate.node.network.Stake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs nodes. */
@Command(name = "node", description = "Run a node.", subcommands = NodeCommand.Start.class)
final class NodeCommand {
  /** Runs a node until it is told to stop. */
  @Command(name = "start", description = "Run a node until it is told to stop (SIGTERM, Ctrl-C).")
  static final class Start implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "a node.toml")
    private Path config = Path.of("node.toml");

    @Override
    public Integer call() {
      var loaded = load(config, System.getenv());
      Logging.configure(loaded.log());
      var life = ProcessLife.begin(() -> {});
      Stake stake;
      try {
        stake = life.start(loaded).stake();
      } catch (RuntimeException | Error e) {
        life.abandon();
        throw e;
      }
      output.hint(
          "%s: api http://%s, peers %s, operators http://%s"
              .formatted(loaded.name(), loaded.api(), loaded.p2p().listen(), loaded.ops()));
      output.hint("%s: %s".formatted(loaded.name(), stake.summary()));
      stake.warnings().forEach(it -> output.hint("%s: warning: %s".formatted(loaded.name(), it)));
      return life.untilStopped();
    }
  }

  /** Reads a node's file, or refuses to start with everything that is wrong with it. */
  static NodeConfig load(Path file, Map<String, String> environment) {
    return switch (NodeConfigReader.read(file, environment)) {
      case Loaded(var config) -> config;
      case Faulty(var faults) -> {
        var lines = new ArrayList<>(Fault.lines(faults));
        lines.add(Fault.count(faults) + "; nothing was started.");
        throw new StartRefused(lines);
      }
    };
  }
}
