package dev.quorate.node;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.node.cli.CommandLineRunner;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.config.NodeConfigReader;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.NetworkPlan;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Does once what users will do, so that the build can keep what the JVM learnt of it: a network is
 * made, started, used and audited, and the commands of a client are run.
 *
 * <p>Usage: {@code Rehearsal FOLDER PORT-BASE}, where the folder is empty or not there yet.
 */
final class Rehearsal {
  private static final int VALIDATORS = 4;
  private static final int TRANSACTIONS = 300;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private Rehearsal() {}

  public static void main(String[] arguments) {
    new Rehearsal().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.exit(ExitCode.OK);
  }

  private void run(Path folder, int portBase) {
    var random = new SecureRandom();
    var keys = Stream.generate(() -> KeyPair.generate(random)).limit(VALIDATORS).toList();
    var plan = new NetworkPlan("pbft", Collections.nCopies(VALIDATORS, 1L), portBase, "127.0.0.1");
    var now = Clock.systemUTC().instant();
    var network = NetworkFolder.create(folder, plan, "rehearsal", keys, now, false);
    var configs = network.configs().stream().map(Rehearsal::load).toList();
    var nodes = configs.stream().map(NodeProcess::start).toList();
    try {
      awaitReady(nodes);
      use("http://" + configs.getFirst().api());
    } finally {
      nodes.forEach(NodeProcess::close);
    }
    quorate("verify", "chain", "--data", configs.getFirst().data().toString());
    quorate("config", "check", "--config", network.configs().getFirst().toString());
    quorate("--version");
    quorate("--help");
    quorate("submit", "--help");
  }

  private void use(String api) {
    quorate("submit", "--api", api, "--wait", "hello");
    for (int i = 0; i < TRANSACTIONS; i++) {
      quorate("submit", "--api", api, "-o", "json", "transaction " + i);
    }
    quorate("submit", "--api", api, "--wait", "good-bye");
    quorate("tx", "get", "--api", api, Bytes.utf8("none").hex());
    quorate("block", "get", "--api", api, "latest");
    quorate("block", "get", "--api", api, "-o", "json", "1");
  }

  private void quorate(String... arguments) {
    CommandLineRunner.run(out, out, arguments);
  }

  private static NodeConfig load(Path file) {
    return switch (NodeConfigReader.read(file, Map.of())) {
      case Loaded(var config) -> config;
      default -> throw new IllegalStateException("our own file cannot be read: " + file);
    };
  }

  private static void awaitReady(List<NodeProcess> nodes) {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!nodes.stream().allMatch(node -> node.readiness().ready())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the network was not ready in a minute");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
