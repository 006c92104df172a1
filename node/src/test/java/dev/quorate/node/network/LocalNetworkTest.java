package dev.quorate.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks that lie ready in the repository are what the program writes. */
final class LocalNetworkTest {
  private static final Path READY = Path.of("../network-configs");

  private static final Map<String, NetworkPlan> PLANS =
      Map.of(
          "local-4-pbft", plan("pbft", 1, 1, 1, 1),
          "local-4-tendermint", plan("tendermint", 1, 1, 1, 1),
          "local-7-weighted", plan("tendermint", 30, 20, 15, 15, 10, 6, 4));

  static List<String> names() {
    return PLANS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aReadyNetworkIsWhatTheProgramWrites(String name, @TempDir Path folder) throws IOException {
    write(name, folder.resolve("made"));

    var made = files(folder.resolve("made"));
    assertThat(made).hasSize(1 + 2 * plan(name).size());
    for (var file : made) {
      assertThat(READY.resolve(name).resolve(file))
          .hasSameTextualContentAs(folder.resolve("made").resolve(file));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void itsGenesisSaysThatItsKeysProtectNothing(String name) {
    var network = NetworkFolder.find(READY.resolve(name)).orElseThrow();

    assertThat(network.genesis().demo()).isTrue();
    assertThat(network.configs())
        .allSatisfy(file -> assertThat(file).content().contains("DEMO KEY"));
  }

  @Test
  void noValidatorOfAReadyNetworkIsTooHeavy() {
    for (var name : names()) {
      var genesis = NetworkFolder.find(READY.resolve(name)).orElseThrow().genesis();

      assertThat(new Stake(genesis).warnings()).as(name).isEmpty();
    }
  }

  /** Writes the ready networks anew, into the folder given. */
  public static void main(String[] arguments) {
    names().forEach(it -> write(it, Path.of(arguments[0]).resolve(it)));
  }

  private static void write(String name, Path folder) {
    var plan = plan(name);
    var keys = IntStream.range(0, plan.size()).mapToObj(LocalNetworkTest::key).toList();
    var time = Instant.parse("2026-11-01T00:00:00Z");
    NetworkFolder.create(folder, plan, "demo-local", keys, time, true);
  }

  private static NetworkPlan plan(String name) {
    return Optional.ofNullable(PLANS.get(name)).orElseThrow();
  }

  private static NetworkPlan plan(String engine, long... powers) {
    return new NetworkPlan(engine, Arrays.stream(powers).boxed().toList(), 7080, "127.0.0.1");
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
