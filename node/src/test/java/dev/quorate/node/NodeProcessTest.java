package dev.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.node.client.ApiClient;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.config.NodeConfigReader;
import dev.quorate.node.e2e.Eventually;
import dev.quorate.node.e2e.FreePorts;
import dev.quorate.node.network.NetworkFolder;
import dev.quorate.node.network.NetworkPlan;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path DOCUMENTED = Path.of("../docs/metrics.md");

  /** Turns up with the first message that an engine ignores. */
  private static final String SOMETIMES = "quorate_replica_messages_ignored_total";

  @TempDir private Path folder;

  @Test
  void fourNodesCommitAndEveryFigureIsDocumented() throws IOException {
    var configs = network(4);
    var nodes = configs.stream().map(NodeProcess::start).toList();
    try (var api = client(configs.get(2).api().toString());
        var ops = client(configs.get(2).ops().toString())) {
      Eventually.holds(
          "all are ready", PATIENCE, () -> nodes.stream().allMatch(it -> it.readiness().ready()));

      var first = api.submitAndWait(Bytes.utf8("once"), Duration.ofSeconds(30));
      var again = api.submit(Bytes.utf8("once"));

      assertThat(first.status()).as(first.text()).isEqualTo(201);
      assertThat(again.status()).as(again.text()).isEqualTo(200);
      assertThat(again.text("sequence", "")).isEqualTo("0");
      assertThat(figures(ops.get("/metrics").text())).isEqualTo(documented());
    } finally {
      nodes.forEach(NodeProcess::close);
    }
    assertThat(nodes).allSatisfy(it -> assertThat(it.ended()).isCompletedWithValue(ExitCode.OK));
  }

  @Test
  void aSingleValidatorCommitsAndGoesOnAfterARestart() {
    var config = network(1).getFirst();
    for (int run = 1; run <= 2; run++) {
      var node = NodeProcess.start(config);
      try (var api = client(config.api().toString())) {
        Eventually.holds("it is ready", PATIENCE, () -> node.readiness().ready());

        var answer = api.submitAndWait(Bytes.utf8("run " + run), Duration.ofSeconds(30));

        assertThat(answer.text("height", answer.text())).isEqualTo(Integer.toString(run));
      } finally {
        node.close();
      }
    }
  }

  @Test
  void aNodeThatHasLostItsGuardDoesNotVoteAndSaysWhyAtEveryStart() throws IOException {
    var config = network(1).getFirst();
    try (var first = NodeProcess.start(config);
        var api = client(config.api().toString())) {
      Eventually.holds("it is ready", PATIENCE, () -> first.readiness().ready());
      assertThat(api.get("/v1/consensus").text("votes", "")).isEqualTo("votes");
      assertThat(api.submitAndWait(Bytes.utf8("x"), Duration.ofSeconds(30)).status())
          .isEqualTo(201);
    }
    Files.delete(config.data().resolve("guard"));

    for (int start = 1; start <= 2; start++) {
      try (var _ = NodeProcess.start(config);
          var api = client(config.api().toString())) {
        var ready = api.get("/readyz");

        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text()).contains("does not vote").contains("waits for reports of others");
        assertThat(api.get("/v1/consensus").text("votes", "")).startsWith("does not vote: ");
        assertThat(api.get("/v1/blocks/1").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aNodeThatIsAloneIsNotReadyAndSaysWhy() {
    var config = network(4).getFirst();
    var node = NodeProcess.start(config);
    try (var api = client(config.api().toString())) {
      var ready = api.get("/readyz");
      var refused = api.submit(Bytes.utf8("early"));

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text())
          .contains("1 of 4 validators reachable: 1 of 4 of the power, more than 2/3 needed")
          .contains("not reachable: node-1, node-2, node-3");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("code", "")).isEqualTo("no-quorum");
    } finally {
      node.close();
    }
  }

  @Test
  void aTakenPortIsRefusedAndNothingIsWritten() throws IOException {
    var config = network(1).getFirst();
    try (var taken = new ServerSocket(config.ops().port())) {
      assertThat(taken.isBound()).isTrue();

      assertThatThrownBy(() -> NodeProcess.start(config))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("ops.listen = \"" + config.ops() + "\" cannot be listened on");
    }
    assertThat(config.data()).doesNotExist();
  }

  @Test
  void aKeyThatOthersCanReadIsRefusedAndNothingIsWritten() throws IOException {
    var config = network(1).getFirst();
    Files.setPosixFilePermissions(config.keyFile(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> NodeProcess.start(config))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(config.keyFile().toString());
    assertThat(config.data()).doesNotExist();
  }

  @Test
  void theKeyOfAnotherValidatorIsRefused() throws IOException {
    var configs = network(4);
    Files.delete(configs.get(0).keyFile());
    Files.copy(configs.get(1).keyFile(), configs.get(0).keyFile());

    assertThatThrownBy(() -> NodeProcess.start(configs.get(0)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("node.name = \"node-0\"")
        .hasMessageContaining("is that of \"node-1\"");
  }

  @Test
  void aPeerWithoutAnAddressIsRefused() throws IOException {
    var file = folder.resolve("net/node-0/node.toml");
    network(4);
    Files.writeString(
        file, Files.readString(file).replace("node-3 = \"127.0.0.1", "nod-3 = \"127.0.0.1"));

    assertThatThrownBy(() -> NodeProcess.start(load(file)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("p2p.peers.nod-3 is no other validator")
        .hasMessageContaining("did you mean \"node-3\"?")
        .hasMessageContaining("p2p.peers.node-3 is missing");
  }

  @Test
  void theFolderOfAnotherNetworkIsRefusedAndStaysAsItWas() throws IOException {
    var config = network(1).getFirst();
    NodeProcess.start(config).close();
    var before = contents(config.data());
    NetworkFolder.create(folder.resolve("other"), plan(1), "net", keys(1), Instant.now(), false);
    var other = load(folder.resolve("other/node-0/node.toml"));
    Files.move(config.data(), other.data());

    assertThatThrownBy(() -> NodeProcess.start(other))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is refused");
    assertThat(contents(other.data())).isEqualTo(before);
  }

  @Test
  void aFolderInUseIsRefused() {
    var config = network(1).getFirst();
    var node = NodeProcess.start(config);
    var other = network("twin", 1).getFirst();
    var twin =
        new NodeConfig(
            config.file(),
            config.name(),
            config.data(),
            config.network(),
            config.keyFile(),
            other.api(),
            other.p2p(),
            other.ops(),
            config.pool(),
            config.log());
    try {
      assertThatThrownBy(() -> NodeProcess.start(twin))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("in use");
    } finally {
      node.close();
    }
  }

  private List<NodeConfig> network(int validators) {
    return network("net", validators);
  }

  private List<NodeConfig> network(String name, int validators) {
    var network =
        NetworkFolder.create(
            folder.resolve(name),
            plan(validators),
            "net",
            keys(validators),
            Instant.parse("2026-11-23T20:00:00Z"),
            false);
    return network.configs().stream().map(NodeProcessTest::load).toList();
  }

  private static NetworkPlan plan(int validators) {
    return new NetworkPlan(
        "pbft", Collections.nCopies(validators, 1L), FreePorts.base(10 * validators), "127.0.0.1");
  }

  private static List<KeyPair> keys(int validators) {
    var random = new SecureRandom();
    return Stream.generate(() -> KeyPair.generate(random)).limit(validators).toList();
  }

  private static NodeConfig load(Path file) {
    var reading = NodeConfigReader.read(file, Map.of());
    assertThat(reading).isInstanceOf(Loaded.class);
    return ((Loaded) reading).config();
  }

  private static ApiClient client(String address) {
    return new ApiClient(URI.create("http://" + address));
  }

  private static Set<String> figures(String exposition) {
    var names =
        exposition
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    names.add(SOMETIMES);
    return names;
  }

  private static Set<String> documented() throws IOException {
    return Pattern.compile("(?m)^\\| `(quorate_\\w+)`")
        .matcher(Files.readString(DOCUMENTED))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> contents(Path data) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = Bytes.wrap(Files.readAllBytes(file));
        contents.put(data.relativize(file).toString(), Integer.toHexString(bytes.hashCode()));
      }
    }
    return contents;
  }
}
