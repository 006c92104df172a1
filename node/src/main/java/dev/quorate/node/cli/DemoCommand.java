package dev.quorate.node.cli;

import dev.quorate.node.NodeProcess;
import dev.quorate.node.ProcessLife;
import dev.quorate.node.StartRefused;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.Stake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole network in one process, to try things out. */
@Command(
    name = "demo",
    description = "Run a whole network in one process; each validator is a full node.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Option(
      names = "--validators",
      paramLabel = "N",
      defaultValue = "4",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int validators;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "keep the data here; a network that is here already goes on")
  private @Nullable Path keep;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    var plan = options.plan(validators, "127.0.0.1");
    var keys = NetworkOptions.keys(validators);
    var folder = folder();
    var found = NetworkFolder.find(folder);
    found.ifPresent(this::requireAsAsked);
    var life = ProcessLife.begin(keep == null ? () -> remove(folder) : () -> {});
    try {
      var network =
          found.orElseGet(() -> NetworkFolder.create(folder, plan, "demo", keys, now(), false));
      var configs =
          network.configs().stream().map(file -> NodeCommand.load(file, Map.of())).toList();
      awaitReady(configs.parallelStream().map(life::start).toList());
      greet(network, configs, folder);
    } catch (RuntimeException | Error e) {
      life.abandon();
      throw e;
    }
    return life.untilStopped();
  }

  /** Refuses a network that is there already and differs from what was asked for. */
  private void requireAsAsked(NetworkFolder network) {
    int port = NodeCommand.load(network.configs().getFirst(), Map.of()).api().port();
    requireAsAsked("--validators", validators, network.genesis().validators().size());
    requireAsAsked("--engine", options.engine, network.genesis().engine());
    requireAsAsked("--port-base", options.portBase, port);
  }

  private void requireAsAsked(String option, Object asked, Object there) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option) && !asked.equals(there)) {
      throw new StartRefused(
          "%s holds a network with %s %s; leave the option out, or name another folder"
              .formatted(keep, option, there));
    }
  }

  /** A folder of our own below the one we are in, or the one that was asked for. */
  private Path folder() {
    if (keep != null) {
      return keep;
    }
    var folder = Path.of("demo-data");
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of("demo-data-" + i);
    }
    return folder;
  }

  private static void awaitReady(List<NodeProcess> nodes) {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!nodes.stream().allMatch(node -> node.readiness().ready())) {
      if (System.nanoTime() > deadline) {
        throw new StartRefused("the network was not ready within a minute");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void greet(NetworkFolder network, List<NodeConfig> configs, Path folder) {
    int size = configs.size();
    var api = "http://localhost:" + configs.getFirst().api().port();
    output.result(
        "  engine  %-42s network  %-13s data  %s"
            .formatted(
                "%s (%s, %s)"
                    .formatted(
                        network.genesis().engine(),
                        NetworkOptions.count(size),
                        new Stake(network.genesis()).tolerance()),
                network.genesis().chainId(),
                keep == null
                    ? "./" + folder + " (removed on exit unless --keep)"
                    : folder + " (kept)"));
    output.result("  api     %s/v1".formatted(api));
    var option = configs.getFirst().api().port() == 7080 ? "" : " --api " + api;
    output.result(
        "  ready in %.1f s - try:  ./quorate submit 'hello' --wait%s   ./quorate block tail --from 1%s"
            .formatted(sinceStart().toMillis() / 1_000.0, option, option));
  }

  private static Duration sinceStart() {
    Optional<Instant> start = ProcessHandle.current().info().startInstant();
    return Duration.between(start.orElse(now()), now());
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
