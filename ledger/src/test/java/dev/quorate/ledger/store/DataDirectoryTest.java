package dev.quorate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.ledger.Four;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.store.DataDirectory.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temporary = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void chooseFolder() {
    data = temporary.resolve("node/data");
  }

  @Test
  void theFirstStartMakesAFolderForItsOwnerOnly() throws IOException {
    try (var directory = opened(open(Four.GENESIS, "a"))) {
      assertThat(directory.path()).isEqualTo(data);
      assertThat(directory.genesis()).isEqualTo(Four.GENESIS);
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(Files.readAllBytes(data.resolve("genesis.json")))
        .isEqualTo(Four.GENESIS.bytes().toArray());
    assertThat(content()).containsOnlyKeys("LOCK", "genesis.json", "identity.json");
  }

  @Test
  void theSameNodeStartsAgain() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    var before = content();

    opened(open(Four.GENESIS, "a")).close();

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void refusesAnotherIdentityInOneLineAndTouchesNothing() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    var before = content();
    var time = Four.GENESIS_TIME;
    var key = Four.keys("a").publicKey();
    var others =
        Map.of(
            "it is of chain four, not five",
            open(Genesis.builder("five", time, "pbft").validator("a", key, 1).build(), "a"),
            "it was made by engine pbft, not tendermint",
            open(Genesis.builder("four", time, "tendermint").validator("a", key, 1).build(), "a"),
            "it is of genesis " + Four.GENESIS.hash(),
            open(Four.builder().demo(true).build(), "a"),
            "it is of the node with key " + key,
            open(Four.GENESIS, "b"));

    others.forEach(
        (reason, opening) ->
            assertThat(refused(opening))
                .startsWith("data directory " + data + " is refused: ")
                .contains(reason)
                .doesNotContain("\n"));
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void refusesAFolderThatOthersMayUse() throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(refused(open(Four.GENESIS, "a"))).contains("chmod 700");
    assertThat(content()).isEmpty();
  }

  @Test
  void refusesAChainWithoutAnIdentity() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    Files.createDirectory(data.resolve("chain"));
    Files.delete(data.resolve("identity.json"));
    var before = content();

    assertThat(refused(open(Four.GENESIS, "a"))).contains("no identity.json");
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void refusesAnIdentityThatCannotBeRead() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    for (var text : new String[] {"", "{}", "{\"format\":1,\"surprise\":2}"}) {
      Files.writeString(data.resolve("identity.json"), text);

      assertThat(refused(open(Four.GENESIS, "a"))).contains("identity.json");
      assertThat(refused(DataDirectory.openReadOnly(data))).contains("identity.json");
    }
  }

  @Test
  void refusesAFolderOfALaterFormat() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    var identity = data.resolve("identity.json");
    Files.writeString(
        identity, Files.readString(identity).replace("\"format\": 1", "\"format\": 2"));

    assertThat(refused(open(Four.GENESIS, "a"))).contains("it has format 2, this program reads 1");
    assertThat(refused(DataDirectory.openReadOnly(data))).contains("it has format 2");
  }

  @Test
  void oneProcessOpensItOnceOnly() throws IOException {
    try (var first = opened(open(Four.GENESIS, "a"))) {
      assertThat(refused(open(Four.GENESIS, "a")))
          .contains("in use by this process, " + ProcessHandle.current().pid());
      assertThat(refused(DataDirectory.openReadOnly(first.path()))).contains("in use");
    }
    opened(open(Four.GENESIS, "a")).close();
  }

  @Test
  @Timeout(60)
  void namesTheProcessThatHoldsIt() throws Exception {
    try (var child = ChildNode.holding(data)) {
      assertThat(child.line()).isEqualTo("holding");
      var before = content();

      assertThat(refused(open(Four.GENESIS, "a"))).contains("in use by process " + child.pid());
      assertThat(refused(DataDirectory.openReadOnly(data)))
          .contains("stop the node first")
          .contains("process " + child.pid());
      assertThat(content()).isEqualTo(before);

      child.kill();
      opened(open(Four.GENESIS, "a")).close();
    }
  }

  @Test
  void aLookChangesNothing() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    try (var store = Chains.open(data)) {
      Chains.fill(store, 5);
    }
    var before = content();

    try (var directory = opened(DataDirectory.openReadOnly(data));
        var store =
            LmdbChainStore.openReadOnly(
                data, directory.genesis(), Chains.options(1, Runnable::run))) {
      assertThat(store.tip().orElseThrow().height().value()).isEqualTo(5);
      assertThat(store.block(Four.chain(2).getLast().height())).isPresent();
    }

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aLookNeedsTheGenesisThatTheFolderWasMadeWith() throws IOException {
    opened(open(Four.GENESIS, "a")).close();
    Files.write(data.resolve("genesis.json"), Four.builder().demo(true).build().bytes().toArray());

    assertThat(refused(DataDirectory.openReadOnly(data))).contains("genesis.json");
    assertThat(refused(DataDirectory.openReadOnly(temporary))).contains("identity.json");
    assertThat(refused(DataDirectory.openReadOnly(temporary.resolve("none"))))
        .contains("identity.json");
  }

  private Opening open(Genesis genesis, String node) {
    return DataDirectory.open(data, genesis, Four.keys(node).publicKey());
  }

  private static DataDirectory opened(Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).directory();
  }

  private static String refused(Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Refused.class);
    return ((Opening.Refused) opening).reason();
  }

  /** Every file with its time and a digest of its bytes. */
  private Map<String, String> content() throws IOException {
    var content = new TreeMap<String, String>();
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            data.relativize(file).toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    // The lock file's time changes with every start that is not refused.
    content.computeIfPresent("LOCK", (_, it) -> it.substring(it.indexOf(' ')));
    return content;
  }
}
