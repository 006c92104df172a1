package dev.quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.node.config.ConfigReading.Faulty;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.NodeConfig.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeConfigReaderTest {
  private static final String GOOD =
      """
      [node]
      name = "a"
      data = "data"
      network = "../genesis.json"
      [key]
      file = "node.key"
      [api]
      listen = "127.0.0.1:7080"
      [p2p]
      listen = "[::1]:7081"
      listen_time_ms = 750
      [p2p.peers]
      b = "b.example:7091"
      [ops]
      listen = "127.0.0.1:7082"
      [pool]
      max_tx = 500
      max_bytes = "2 MiB"
      [log]
      level = "debug"
      format = "json"
      """;

  @TempDir private Path folder;

  @Test
  void readsEveryKey() throws IOException {
    var config = loaded(GOOD, Map.of());

    assertThat(config.name()).isEqualTo("a");
    assertThat(config.data()).isEqualTo(folder.resolve("data"));
    assertThat(config.network()).isEqualTo(folder.resolveSibling("genesis.json"));
    assertThat(config.keyFile()).isEqualTo(folder.resolve("node.key"));
    assertThat(config.api()).isEqualTo(new Address("127.0.0.1", 7080));
    assertThat(config.p2p().listen()).isEqualTo(new Address("::1", 7081));
    assertThat(config.p2p().peers()).isEqualTo(Map.of("b", new Address("b.example", 7091)));
    assertThat(config.p2p().listenTime()).isEqualTo(Duration.ofMillis(750));
    assertThat(config.ops()).isEqualTo(new Address("127.0.0.1", 7082));
    assertThat(config.pool()).isEqualTo(new NodeConfig.Pool(500, 2L << 20));
    assertThat(config.log()).isEqualTo(new Log(Log.Level.DEBUG, Log.Format.JSON));
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    var environment =
        Map.of(
            "QUORATE_API_LISTEN", "0.0.0.0:80",
            "QUORATE_POOL_MAX_TX", "7",
            "QUORATE_P2P_PEERS", "b=10.0.0.1:1,c=[fe80::1]:2",
            "QUORATE_API", "http://elsewhere",
            "QUORATE_SERVICE_HOST", "10.1.1.1");

    var config = loaded(GOOD, environment);

    assertThat(config.api()).isEqualTo(new Address("0.0.0.0", 80));
    assertThat(config.pool().maxTransactions()).isEqualTo(7);
    assertThat(config.p2p().peers())
        .isEqualTo(Map.of("b", new Address("10.0.0.1", 1), "c", new Address("fe80::1", 2)));
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws IOException {
    var config =
        loaded(
            """
            [node]
            name = "a"
            data = "data"
            network = "genesis.json"
            [key]
            file = "node.key"
            [p2p]
            listen = "127.0.0.1:7081"
            """,
            Map.of());

    assertThat(config.api()).hasToString("127.0.0.1:7080");
    assertThat(config.ops()).hasToString("127.0.0.1:7082");
    assertThat(config.pool()).isEqualTo(NodeConfig.Pool.DEFAULT);
    assertThat(config.log()).isEqualTo(new Log(Log.Level.INFO, Log.Format.TEXT));
    assertThat(config.p2p().peers()).isEmpty();
  }

  @Test
  void namesEveryFaultAtOnceWithItsPlaceAndTheNearestWord() throws IOException {
    var faults =
        faults(
            """
            [node]
            name = "a"
            data = 7
            network = "genesis.json"

            [api]
            lisen = "127.0.0.1:7080"
            listen = "127.0.0.1"

            [p2p]
            listen = "127.0.0.1:70810"
            peers = { b = 12, c = "c:1" }

            [pool]
            max_tx = 0
            max_bytes = "256 MB"

            [log]
            level =  "inof"
            format = "xml"

            [lgo]
            level = "info"
            """,
            Map.of("QUORATE_LOG_LEVLE", "info", "QUORATE_OPS_LISTEN", "nowhere"));

    assertThat(faults)
        .isEqualTo(
            """
            node.toml:1:1       key.file                             missing
            node.toml:3:8       node.data = 7                        must be text in quotes
            node.toml:7:1       api.lisen                            no such key; did you mean "api.listen"?
            node.toml:8:10      api.listen = "127.0.0.1"             must be host:port, such as 127.0.0.1:7080 or [::1]:7080
            node.toml:11:10     p2p.listen = "127.0.0.1:70810"       a port is from 1 to 65535
            node.toml:12:15     p2p.peers.b = 12                     must be text in quotes: "host:port"
            node.toml:15:10     pool.max_tx = 0                      must be from 1 to 10000000
            node.toml:16:13     pool.max_bytes = "256 MB"            unknown unit "MB"; did you mean "B"? (B, KiB, MiB, GiB)
            node.toml:19:10     log.level = "inof"                   unknown level; did you mean "info"? (error, warn, info, debug, trace)
            node.toml:20:10     log.format = "xml"                   unknown format (text, json)
            node.toml:22:1      lgo                                  no such key; did you mean "log"?
            QUORATE_OPS_LISTEN  ops.listen = "nowhere"               must be host:port, such as 127.0.0.1:7080 or [::1]:7080
            QUORATE_LOG_LEVLE   QUORATE_LOG_LEVLE                    no such variable; did you mean "QUORATE_LOG_LEVEL"?\
            """);
  }

  @Test
  void aFileThatIsNoTomlNamesTheLine() throws IOException {
    assertThat(faults(GOOD + "[lag\n", Map.of())).startsWith("node.toml:22:5 ");
  }

  @Test
  void aKeyThatStandsTwiceIsAFault() throws IOException {
    assertThat(faults(GOOD.replace("data =", "name ="), Map.of()))
        .contains("name previously defined at line 2, column 1");
  }

  @Test
  void twoListenersOfOneAddressAreAFault() throws IOException {
    assertThat(faults(GOOD.replace("[::1]:7081", "127.0.0.1:7080"), Map.of()))
        .contains("is api.listen too");
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    var reading = NodeConfigReader.read(folder.resolve("none.toml"), Map.of());

    assertThat(reading)
        .isInstanceOfSatisfying(
            Faulty.class,
            it -> assertThat(it.faults().getFirst().what()).isEqualTo("no such file"));
  }

  @Test
  void theHintIsTheNearestWordAndNeverAFarOne() {
    var words = java.util.List.of("error", "warn", "info");

    assertThat(NearestWord.to("wran", words)).contains("warn");
    assertThat(NearestWord.to("infos", words)).contains("info");
    assertThat(NearestWord.to("verbose", words)).isEmpty();
  }

  private NodeConfig loaded(String toml, Map<String, String> environment) throws IOException {
    var reading = read(toml, environment);
    assertThat(reading).isInstanceOf(Loaded.class);
    return ((Loaded) reading).config();
  }

  private String faults(String toml, Map<String, String> environment) throws IOException {
    var reading = read(toml, environment);
    assertThat(reading).isInstanceOf(Faulty.class);
    var faults =
        ((Faulty) reading)
            .faults().stream()
                .map(it -> new Fault(it.where().replace(folder + "/", ""), it.subject(), it.what()))
                .toList();
    return String.join("\n", Fault.lines(faults));
  }

  private ConfigReading read(String toml, Map<String, String> environment) throws IOException {
    var file = folder.resolve("node.toml");
    Files.writeString(file, toml);
    return NodeConfigReader.read(file, environment);
  }
}
