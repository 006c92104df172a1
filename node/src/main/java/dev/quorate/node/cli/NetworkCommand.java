package dev.quorate.node.cli;

import dev.quorate.crypto.KeyPair;
import dev.quorate.node.ExitCode;
import dev.quorate.node.network.Engines;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.NetworkPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes networks. */
@Command(name = "network", description = "Make a network.", subcommands = NetworkCommand.Init.class)
final class NetworkCommand {
  /** Writes keys, a genesis file and one file a node. */
  @Command(name = "init", description = "Write keys, a genesis file and one folder a node.")
  static final class Init implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(
        names = "--validators",
        paramLabel = "N",
        required = true,
        description = "how many; 3F+1 of them tolerate F faulty ones")
    private int validators;

    @Option(
        names = "--engine",
        paramLabel = "NAME",
        defaultValue = "pbft",
        description = "the consensus engine (default: ${DEFAULT-VALUE})")
    private String engine = "";

    @Option(
        names = "--powers",
        paramLabel = "P0,P1,...",
        split = ",",
        hideParamSyntax = true,
        description = "the weight of each validator (default: 1 each)")
    private List<Long> powers = List.of();

    @Option(
        names = "--port-base",
        paramLabel = "PORT",
        defaultValue = "7080",
        description = "node i listens at PORT+10i, +1 and +2 (default: ${DEFAULT-VALUE})")
    private int portBase;

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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
      var plan = plan();
      NetworkFolder.requireEmpty(out);
      var random = new SecureRandom();
      var keys = Stream.generate(() -> KeyPair.generate(random)).limit(validators).toList();
      var now = Clock.systemUTC().instant();
      var network = NetworkFolder.create(out, plan, "net", keys, now, false);
      var genesis = network.genesis();
      output.result(
          output.isTable()
              ? "network %s: %d validators, genesis %s"
                  .formatted(genesis.chainId(), validators, genesis.hash())
              : "{\"chainId\":\"%s\",\"validators\":%d,\"genesisHash\":\"%s\"}"
                  .formatted(genesis.chainId(), validators, genesis.hash()));
      output.hint("start each node: quorate node start --config " + network.configs().getFirst());
      return ExitCode.OK;
    }

    private NetworkPlan plan() {
      if (Engines.find(engine).isEmpty()) {
        throw misuse("--engine: " + Engines.unknown(engine));
      }
      if (validators < 1 || validators > NetworkPlan.MAX_VALIDATORS) {
        throw misuse("--validators is from 1 to " + NetworkPlan.MAX_VALIDATORS);
      }
      if (!powers.isEmpty() && powers.size() != validators) {
        throw misuse(
            "--powers has %d numbers for %d validators".formatted(powers.size(), validators));
      }
      var weights = powers.isEmpty() ? Collections.nCopies(validators, 1L) : powers;
      var plan = new NetworkPlan(engine, weights, portBase, host);
      var faults = plan.faults();
      if (!faults.isEmpty()) {
        throw misuse(String.join("; ", faults));
      }
      return plan;
    }

    private ParameterException misuse(String what) {
      return new ParameterException(spec.commandLine(), what);
    }
  }
}
