package dev.quorate.node.config;

import dev.quorate.node.config.NodeConfig.Log;
import dev.quorate.node.config.NodeConfig.P2p;
import dev.quorate.node.config.NodeConfig.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads a node's TOML file; finds all faults at once. */
public final class NodeConfigReader {
  private static final List<String> KEYS =
      List.of(
          "node.name",
          "node.data",
          "node.network",
          "key.file",
          "api.listen",
          "p2p.listen",
          "p2p.listen_time_ms",
          "ops.listen",
          "pool.max_tx",
          "pool.max_bytes",
          "log.level",
          "log.format");
  private static final String PEERS = "p2p.peers";
  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final Address NOWHERE = new Address("unset", 1);

  private NodeConfigReader() {}

  /** Reads the file; each key may be overridden by a variable of the environment. */
  public static ConfigReading read(Path file, Map<String, String> environment) {
    String text;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        return unreadable(file, "is larger than 1 MiB");
      }
      text = Files.readString(file);
    } catch (IOException e) {
      return unreadable(file, Files.exists(file) ? "cannot be read as UTF-8 text" : "no such file");
    }
    return read(file, text, environment);
  }

  private static ConfigReading unreadable(Path file, String what) {
    return new ConfigReading.Faulty(List.of(new Fault(file.toString(), "", what)));
  }

  private static ConfigReading read(Path file, String text, Map<String, String> environment) {
    var folder = file.toAbsolutePath().normalize().getParent();
    var paths = Rule.path(folder == null ? Path.of("/") : folder);
    var settings = new Settings(file.toString(), text, environment);
    if (!settings.faults().isEmpty()) {
      return new ConfigReading.Faulty(settings.faults());
    }
    var config =
        new NodeConfig(
            file,
            settings.required("node.name", "", Rule.text()),
            settings.required("node.data", file, paths),
            settings.required("node.network", file, paths),
            settings.required("key.file", file, paths),
            settings.optional("api.listen", new Address("127.0.0.1", 7080), Rule.address()),
            p2p(settings),
            settings.optional("ops.listen", new Address("127.0.0.1", 7082), Rule.address()),
            pool(settings),
            log(settings));
    settings.refuseAllBut(KEYS, List.of(PEERS));
    refuseSharedAddresses(settings, config);
    var faults = settings.faults();
    return faults.isEmpty() ? new ConfigReading.Loaded(config) : new ConfigReading.Faulty(faults);
  }

  private static P2p p2p(Settings settings) {
    var listenTime =
        settings.optional("p2p.listen_time_ms", P2p.LISTEN_TIME.toMillis(), Rule.count(0, 600_000));
    return new P2p(
        settings.required("p2p.listen", NOWHERE, Rule.address()),
        settings.table(PEERS, NOWHERE, Rule.address()),
        Duration.ofMillis(listenTime));
  }

  private static Pool pool(Settings settings) {
    long transactions =
        settings.optional(
            "pool.max_tx", (long) Pool.DEFAULT.maxTransactions(), Rule.count(1, 10_000_000));
    long bytes =
        settings.optional("pool.max_bytes", Pool.DEFAULT.maxBytes(), Rule.size(1 << 20, 64L << 30));
    return new Pool((int) transactions, bytes);
  }

  private static Log log(Settings settings) {
    var levels = List.of(Log.Level.values());
    var formats = List.of(Log.Format.values());
    return new Log(
        settings.optional("log.level", Log.Level.INFO, Rule.word("level", levels)),
        settings.optional("log.format", Log.Format.TEXT, Rule.word("format", formats)));
  }

  private static void refuseSharedAddresses(Settings settings, NodeConfig config) {
    if (config.p2p().listen().equals(config.api())) {
      settings.fault("p2p.listen", "is api.listen too; each needs an address of its own");
    }
    if (config.ops().equals(config.api()) || config.ops().equals(config.p2p().listen())) {
      settings.fault("ops.listen", "is another listener's too; each needs an address of its own");
    }
  }
}
