package dev.quorate.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks that lie ready in the repository are what the program writes. */
final class LocalNetworkTest {
  private static final Path READY = Path.of("../network-configs");

  @Test
  void theReadyNetworkIsWhatTheProgramWrites(@TempDir Path folder) throws IOException {
    var ready = READY.resolve("local-4-pbft");

    write(folder.resolve("made"));

    assertThat(files(folder.resolve("made"))).hasSize(9);
    for (var file : files(folder.resolve("made"))) {
      assertThat(ready.resolve(file)).hasSameTextualContentAs(folder.resolve("made").resolve(file));
    }
  }

  @Test
  void itsGenesisSaysThatItsKeysProtectNothing() {
    var network = NetworkFolder.find(READY.resolve("local-4-pbft")).orElseThrow();

    assertThat(network.genesis().demo()).isTrue();
    assertThat(network.configs())
        .allSatisfy(file -> assertThat(file).content().contains("DEMO KEY"));
  }

  /** Writes the ready networks anew, into the folder given. */
  public static void main(String[] arguments) {
    write(Path.of(arguments[0]).resolve("local-4-pbft"));
  }

  private static void write(Path folder) {
    var plan = new NetworkPlan("pbft", List.of(1L, 1L, 1L, 1L), 7080, "127.0.0.1");
    var keys = IntStream.range(0, plan.size()).mapToObj(LocalNetworkTest::key).toList();
    var time = Instant.parse("2026-11-01T00:00:00Z");
    NetworkFolder.create(folder, plan, "demo-local", keys, time, true);
  }

  private static KeyPair key(int node) {
    return KeyPair.fromSeed(Hash.sha256(Bytes.utf8("quorate demo key of node-" + node)).bytes());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
