package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.NetworkPlan;
import dev.quorate.node.network.Stake;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes networks. */
@Command(name = "network", description = "Make a network.", subcommands = NetworkCommand.Init.class)
final class NetworkCommand {
  /** Writes keys, a genesis file and one file a node. */
  @Command(name = "init", description = "Write keys, a genesis file and one folder a node.")
  static final class Init implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final NetworkOptions options = new NetworkOptions();

    @Option(
        names = "--validators",
        paramLabel = "N",
        required = true,
        description = "how many; 3F+1 of them tolerate F faulty ones")
    private int validators;

    @Option(
        names = "--powers",
        paramLabel = "P0,P1,...",
        split = ",",
        hideParamSyntax = true,
        description = "the weight of each validator (default: 1 each)")
    private List<Long> powers = List.of();

    @Option(
        names = "--host",
        paramLabel = "HOST",
        defaultValue = "127.0.0.1",
        description = "where all nodes listen (default: ${DEFAULT-VALUE})")
    private String host = "";

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "a folder that is empty or not there yet")
    private Path out = Path.of(".");

    @Override
    public Integer call() {
      var plan = plan();
      NetworkFolder.requireEmpty(out);
      var keys = NetworkOptions.keys(plan.size());
      var now = Clock.systemUTC().instant();
      var network = NetworkFolder.create(out, plan, "net", keys, now, false);
      var genesis = network.genesis();
      output.result(
          output.isTable()
              ? "network %s: %s, genesis %s"
                  .formatted(genesis.chainId(), NetworkOptions.count(plan.size()), genesis.hash())
              : "{\"chainId\":\"%s\",\"validators\":%d,\"genesisHash\":\"%s\"}"
                  .formatted(genesis.chainId(), plan.size(), genesis.hash()));
      var stake = new Stake(genesis);
      output.hint(stake.summary());
      stake.warnings().forEach(it -> output.hint("warning: " + it));
      output.hint("start each node: quorate node start --config " + network.configs().getFirst());
      return ExitCode.OK;
    }

    private NetworkPlan plan() {
      if (powers.isEmpty()) {
        return options.plan(validators, host);
      }
      if (powers.size() != validators) {
        throw options.misuse(
            "--powers has %d numbers for %d validators".formatted(powers.size(), validators));
      }
      return options.plan(powers, host);
    }
  }
}
