package dev.quorate.node.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.node.network.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ordered by one engine is never gone on with by another, whatever a genesis file says.
 */
final class EngineSwapTest {
  @TempDir private Path folder;

  /** Each engine's folder, offered to each other one. */
  static Stream<Arguments> swaps() {
    return Engines.names().stream()
        .flatMap(
            made ->
                Engines.names().stream()
                    .filter(other -> !other.equals(made))
                    .map(other -> Arguments.of(made, other)));
  }

  @ParameterizedTest(name = "made by {0}, started with {1}")
  @MethodSource("swaps")
  void aFolderOfAnotherEngineIsRefusedInOneLineAndStaysAsItWas(String made, String other) {
    try (var cluster = new NodeCluster(folder.resolve("net"), made, List.of(1L), Map.of())) {
      cluster.startAll();
      assertThat(cluster.commit(0, "ordered by " + made).text("height", "")).isEqualTo("1");
      assertThat(cluster.stop(0)).isZero();
      var before = content(cluster.data(0));
      cluster.rewriteEngine(other);

      cluster.start(0);

      assertThat(cluster.awaitEnd(0)).isEqualTo(1);
      assertThat(lastLine(cluster.log(0).toPath()))
          .endsWith(
              "data directory %s is refused: it was made by engine %s, not %s"
                  .formatted(cluster.data(0), made, other));
      assertThat(content(cluster.data(0))).isEqualTo(before);
      cluster.rewriteEngine(made);
      cluster.start(0);
      cluster.awaitReady(0);
      assertThat(cluster.commit(0, "and gone on with").text("height", "")).isEqualTo("2");
    }
  }

  /** Each file and folder with what is in it and when it was changed last. */
  private static SortedMap<String, String> content(Path data) {
    var content = new TreeMap<String, String>();
    try (var paths = Files.walk(data)) {
      for (var path : paths.toList()) {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        var hash =
            attributes.isDirectory()
                ? "a folder"
                : Hash.sha256(Bytes.wrap(Files.readAllBytes(path))).hex();
        content.put(data.relativize(path).toString(), hash + " " + attributes.lastModifiedTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(content).containsKeys("identity.json", "genesis.json", "guard", "chain", "LOCK");
    return content;
  }

  private static String lastLine(Path log) {
    try {
      return Files.readAllLines(log).getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
