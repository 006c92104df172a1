package dev.quorate.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyFile;
import dev.quorate.crypto.KeyPair;
import dev.quorate.node.StartRefused;
import dev.quorate.node.config.ConfigReading.Loaded;
import dev.quorate.node.config.NodeConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T20:00:00.123Z");
  private static final List<KeyPair> KEYS =
      Stream.of(1, 2, 3, 4).map(NetworkFolderTest::key).toList();
  private static final NetworkPlan PLAN =
      new NetworkPlan("pbft", List.of(4L, 3L, 2L, 1L), 9000, "127.0.0.1");

  @TempDir private Path folder;

  @Test
  void writesAGenesisAndAFolderANode() throws IOException {
    var network = create("net");

    assertThat(files(folder.resolve("net")))
        .containsExactly(
            "genesis.json",
            "node-0/node.key",
            "node-0/node.toml",
            "node-1/node.key",
            "node-1/node.toml",
            "node-2/node.key",
            "node-2/node.toml",
            "node-3/node.key",
            "node-3/node.toml");
    assertThat(network.genesis().demo()).isFalse();
    assertThat(network.genesis().genesisTime()).isEqualTo("2026-11-23T20:00:00Z");
    assertThat(network.genesis().validators())
        .extracting(it -> it.name() + "=" + it.power())
        .containsExactly("node-0=4", "node-1=3", "node-2=2", "node-3=1");
    assertThat(Files.readString(folder.resolve("net/node-2/node.toml")))
        .isEqualTo(
            """
            # node-2 of network %s. Relative paths start from this folder.
            [node]
            name = "node-2"
            data = "data"
            network = "../genesis.json"

            [key]
            file = "node.key"

            [api]
            listen = "127.0.0.1:9020"

            [p2p]
            listen = "127.0.0.1:9021"

            # Where the others listen, by their names in the genesis file.
            [p2p.peers]
            node-0 = "127.0.0.1:9001"
            node-1 = "127.0.0.1:9011"
            node-3 = "127.0.0.1:9031"

            [ops]
            listen = "127.0.0.1:9022"
            """
                .formatted(network.genesis().chainId()));
  }

  @Test
  void equalKeysAndTimesGiveEqualFiles() throws IOException {
    create("one");
    create("two");

    for (var file : files(folder.resolve("one"))) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void whatItWritesCanBeReadBack() {
    var network = create("net");

    assertThat(NetworkFolder.find(folder.resolve("net"))).contains(network);
    assertThat(NetworkFolder.find(folder)).isEmpty();
    for (int i = 0; i < 4; i++) {
      var reading = NodeConfigReader.read(network.configs().get(i), Map.of());
      assertThat(reading).isInstanceOf(Loaded.class);
      var config = ((Loaded) reading).config();
      assertThat(config.network()).isRegularFile();
      assertThat(KeyFile.read(config.keyFile()))
          .isInstanceOfSatisfying(
              KeyFile.Reading.Read.class, it -> assertThat(it.warning()).isEmpty());
    }
  }

  @Test
  void aFolderThatHoldsAnythingIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("mine"), "precious");

    assertThatThrownBy(() -> NetworkFolder.create(folder, PLAN, "net", KEYS, NOW, false))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is not empty");
    assertThat(files(folder)).containsExactly("mine");
  }

  @Test
  void aPlanSaysWhatCannotBeMadeOfIt() {
    assertThat(PLAN.faults()).isEmpty();
    assertThat(new NetworkPlan("pbft", List.of(), 7080, "h").faults())
        .containsExactly("a network has 1 to 100 validators, not 0");
    assertThat(new NetworkPlan("pbft", List.of(1L, 0L), 7080, "h").faults())
        .singleElement()
        .asString()
        .contains("a power is at least 1");
    assertThat(new NetworkPlan("pbft", List.of(Long.MAX_VALUE), 7080, "h").faults()).hasSize(1);
    assertThat(new NetworkPlan("pbft", List.of(1L, 1L), 65_530, "h").faults())
        .containsExactly("ports 65530 to 65542 are not within 1..65535");
  }

  private NetworkFolder create(String name) {
    return NetworkFolder.create(folder.resolve(name), PLAN, "net", KEYS, NOW, false);
  }

  private static List<String> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static KeyPair key(int number) {
    var seed = new byte[32];
    seed[0] = (byte) number;
    return KeyPair.fromSeed(Bytes.wrap(seed));
  }
}
