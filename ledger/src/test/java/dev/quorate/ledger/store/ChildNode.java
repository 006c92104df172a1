package dev.quorate.ledger.store;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Four;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A process of its own that uses a data directory, to be killed without warning. It says on its
 * standard output what it has achieved.
 */
final class ChildNode implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildNode(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one that holds the directory. */
  static ChildNode holding(Path directory) throws IOException {
    return start("hold", directory);
  }

  /** Starts one that appends block after block, and stores ones that are not committed. */
  static ChildNode appending(Path directory) throws IOException {
    return start("append", directory);
  }

  private static ChildNode start(String task, Path directory) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-ReduceAllocationMerges",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ChildNode.class.getName(),
            task,
            directory.toString());
    return new ChildNode(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The next line that it says; fails when it ends without one. */
  String line() throws IOException {
    var line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("the child ended early");
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    var path = Path.of(arguments[1]);
    switch (DataDirectory.open(path, Four.GENESIS, Four.keys("a").publicKey())) {
      case DataDirectory.Opening.Opened _ when arguments[0].equals("hold") -> {
        System.out.println("holding");
        System.in.read();
      }
      case DataDirectory.Opening.Opened _ -> append(path);
      case DataDirectory.Opening.Refused(var reason, _) -> System.out.println(reason);
    }
  }

  private static void append(Path path) {
    var options = Chains.options(50, Executors.newSingleThreadExecutor());
    var store = LmdbChainStore.open(path, Four.GENESIS, options);
    var state = Chains.state(store);
    while (true) {
      var block = Four.block(state, "a" + state.height(), "b" + state.height());
      var sibling = Four.block(state, "c" + state.height());
      state = state.after(block);
      var child = Four.block(state, "a" + state.height(), "b" + state.height());
      try (var batch = store.begin()) {
        List.of(sibling, block, child).forEach(batch::store);
        batch.commit();
      }
      try (var batch = store.begin()) {
        batch.append(block, Chains.commit(block));
        batch.saveEngineState(Bytes.utf8("at " + block.height()));
        batch.commit();
      }
      System.out.println(block.height());
    }
  }
}
