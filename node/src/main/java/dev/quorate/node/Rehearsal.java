package dev.quorate.node;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.node.cli.CommandLineRunner;
import dev.quorate.node.client.ApiClient;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.config.NodeConfigReader;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.NetworkPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Does once what users will do, so that the build can keep what the JVM learnt of it: one process
 * runs a network, another one runs the commands of a client.
 *
 * <p>Usage: {@code Rehearsal nodes FOLDER PORT-BASE} makes a network in the folder, runs it, makes
 * the file {@code ready} there and ends when there is a file {@code done}; {@code Rehearsal client
 * FOLDER PORT-BASE} uses it.
 */
final class Rehearsal {
  private static final int VALIDATORS = 4;
  private static final int TRANSACTIONS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final Path folder;
  private final int portBase;

  private Rehearsal(Path folder, int portBase) {
    this.folder = folder;
    this.portBase = portBase;
  }

  public static void main(String[] arguments) throws IOException {
    var rehearsal = new Rehearsal(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    switch (arguments[0]) {
      case "nodes" -> rehearsal.runNodes();
      case "client" -> rehearsal.runClient();
      default -> throw new IllegalArgumentException("neither nodes nor client: " + arguments[0]);
    }
    System.exit(ExitCode.OK);
  }

  private void runNodes() throws IOException {
    var random = new SecureRandom();
    var keys = Stream.generate(() -> KeyPair.generate(random)).limit(VALIDATORS).toList();
    var plan = new NetworkPlan("pbft", Collections.nCopies(VALIDATORS, 1L), portBase, "127.0.0.1");
    var now = Clock.systemUTC().instant();
    var network = NetworkFolder.create(folder.resolve("net"), plan, "net", keys, now, false);
    List<NodeConfig> configs = network.configs().stream().map(Rehearsal::load).toList();
    var nodes = configs.stream().map(NodeProcess::start).toList();
    await(() -> nodes.stream().allMatch(node -> node.readiness().ready()));
    try (var client = new ApiClient(URI.create(api()))) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        client.submit(Bytes.utf8("transaction " + i));
      }
      client.submitAndWait(Bytes.utf8("the last"), PATIENCE);
      client.get("/v1/blocks/latest");
    }
    Files.createFile(folder.resolve("ready"));
    await(() -> Files.exists(folder.resolve("done")));
    nodes.forEach(NodeProcess::close);
  }

  private void runClient() {
    quorate("--help");
    quorate("submit", "--help");
    for (int i = 0; i < 20; i++) {
      quorate("submit", "--api", api(), "--wait", "hello " + i);
      quorate("submit", "--api", api(), "-o", "json", "good-bye " + i);
    }
    quorate("tx", "get", "--api", api(), Hash.sha256(Bytes.utf8("hello 1")).hex());
    quorate("block", "get", "--api", api(), "latest");
    quorate("block", "get", "--api", api(), "-o", "json", "1");
    quorate("network", "init", "--validators", "4", "--out", folder.resolve("new").toString());
    quorate("config", "check", "--config", folder.resolve("new/node-0/node.toml").toString());
  }

  private String api() {
    return "http://127.0.0.1:" + portBase;
  }

  private void quorate(String... arguments) {
    CommandLineRunner.run(out, out, arguments);
  }

  private static NodeConfig load(Path file) {
    if (NodeConfigReader.read(file, Map.of()) instanceof Loaded(var config)) {
      return config;
    }
    throw new IllegalStateException("our own file cannot be read: " + file);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited for " + PATIENCE);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
