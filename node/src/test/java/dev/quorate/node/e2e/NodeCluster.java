package dev.quorate.node.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quorate.crypto.Bytes;
import dev.quorate.node.cli.CommandLineRunner;
import dev.quorate.node.client.Answer;
import dev.quorate.node.client.ApiClient;
import dev.quorate.node.client.UnreachableException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network of {@code node start} processes, made by {@code network init} on free ports. */
public final class NodeCluster implements AutoCloseable {
  /**
   * Far above what anything takes, for machines that are busy with something else; {@code
   * -De2e.patience=600}, in seconds, for one that is very busy.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("e2e.patience", 120L));

  /** What every JVM of ours needs, and little memory for what is small here. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx384m",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-ReduceAllocationMerges",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final List<Long> powers;
  private final List<ApiClient> clients;
  private final Map<Integer, Process> processes = new TreeMap<>();

  /**
   * Of an engine, with a validator for each power, and with parameters of the engine that its
   * members agreed on instead of the defaults.
   */
  public NodeCluster(Path folder, String engine, List<Long> powers, Map<String, Long> parameters) {
    this.folder = folder;
    this.powers = powers;
    int base = FreePorts.base(10 * powers.size());
    var made =
        quorate(
            "network",
            "init",
            "--engine",
            engine,
            "--validators",
            Integer.toString(powers.size()),
            "--powers",
            powers.stream().map(Object::toString).collect(Collectors.joining(",")),
            "--port-base",
            Integer.toString(base),
            "--out",
            folder.toString());
    assertThat(made.code()).as(made.toString()).isZero();
    agreeOn(new TreeMap<>(parameters));
    clients =
        IntStream.range(0, size())
            .mapToObj(i -> new ApiClient(URI.create("http://127.0.0.1:" + (base + 10 * i))))
            .toList();
  }

  /** What a command said. */
  public record Said(int code, String out, String err) {
    public String lastLine() {
      return out.lines().reduce("", (_, line) -> line);
    }
  }

  /** Runs a command of ours in this process. */
  public static Said quorate(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = CommandLineRunner.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Said(code, out.toString(), err.toString());
  }

  public int size() {
    return powers.size();
  }

  /** Those without any one of which the others are a quorum. */
  public List<Integer> dispensable() {
    long total = powers.stream().mapToLong(Long::longValue).sum();
    return IntStream.range(0, size())
        .filter(it -> 3 * (total - powers.get(it)) > 2 * total)
        .boxed()
        .toList();
  }

  public ApiClient client(int node) {
    return clients.get(node);
  }

  public URI api(int node) {
    return client(node).api();
  }

  public Path config(int node) {
    return folder.resolve("node-" + node).resolve("node.toml");
  }

  public Path data(int node) {
    return folder.resolve("node-" + node).resolve("data");
  }

  public void start(int node) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.quorate.node.Main", "node", "start"));
    command.addAll(List.of("--config", config(node).toString()));
    var log = folder.resolve("node-" + node + ".log").toFile();
    try {
      processes.put(
          node,
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void startAll() {
    IntStream.range(0, size()).forEach(this::start);
    IntStream.range(0, size()).forEach(this::awaitReady);
  }

  public void awaitReady(int node) {
    await(node, "/readyz");
  }

  /** Waits until a node listens, whatever it may have to say. */
  public void awaitLive(int node) {
    await(node, "/livez");
  }

  public boolean isReady(int node) {
    return isWell(node, "/readyz");
  }

  /** kill -9. */
  public void kill(int node) {
    var process = process(node);
    process.destroyForcibly();
    join(process, PATIENCE);
  }

  /** kill -9 for all of them, at once. */
  public void killAll() {
    processes.values().forEach(Process::destroyForcibly);
    processes.values().forEach(it -> join(it, PATIENCE));
  }

  /** SIGSTOP: the process stands still, and its connections stay open. */
  public void pause(int node) {
    signal("-STOP", node);
  }

  /** SIGCONT: it goes on, and its clock has leapt. */
  public void resume(int node) {
    signal("-CONT", node);
  }

  /** SIGTERM; returns the exit code, which must come within five seconds. */
  public int stop(int node) {
    var process = process(node);
    process.destroy();
    return join(process, Duration.ofSeconds(5));
  }

  /** Submits a text to a node and waits until it is committed. */
  public Answer commit(int node, String text) {
    return client(node).submitAndWait(Bytes.utf8(text), Duration.ofSeconds(30));
  }

  /** The number of the node whose turn it is to propose. */
  public int primary() {
    var consensus = client(0).get("/v1/consensus").json();
    var leader = consensus.path("primary").asText(consensus.path("proposer").asText());
    return Integer.parseInt(leader.substring("node-".length()));
  }

  File log(int node) {
    return folder.resolve("node-" + node + ".log").toFile();
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    clients.forEach(ApiClient::close);
  }

  /** The genesis file names another engine from now on; all else in it stays. */
  void rewriteEngine(String engine) {
    rewriteGenesis(json -> json.put("engine", engine));
  }

  /** Waits until a process ends by itself; its exit code. */
  int awaitEnd(int node) {
    return join(process(node), PATIENCE);
  }

  private void agreeOn(SortedMap<String, Long> parameters) {
    rewriteGenesis(json -> parameters.forEach(json.putObject("parameters")::put));
  }

  private void rewriteGenesis(Consumer<ObjectNode> change) {
    var genesis = folder.resolve("genesis.json");
    try {
      var json = (ObjectNode) JSON.readTree(Files.readString(genesis));
      change.accept(json);
      Files.writeString(genesis, JSON.writeValueAsString(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(int node, String path) {
    Eventually.holds(
        "node " + node + " answers " + path + " with 200",
        PATIENCE,
        () -> {
          assertThat(process(node).isAlive()).as(() -> "node %d runs".formatted(node)).isTrue();
          return isWell(node, path);
        });
  }

  private boolean isWell(int node, String path) {
    try {
      return client(node).get(path).status() == 200;
    } catch (UnreachableException _) {
      return false;
    }
  }

  private Process process(int node) {
    var process = processes.get(node);
    if (process == null) {
      throw new IllegalStateException("node " + node + " was never started");
    }
    return process;
  }

  private void signal(String signal, int node) {
    try {
      var kill = new ProcessBuilder("kill", signal, Long.toString(process(node).pid())).start();
      assertThat(join(kill, PATIENCE)).as("kill %s", signal).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int join(Process process, Duration within) {
    try {
      assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
          .as("ends within %s", within)
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
