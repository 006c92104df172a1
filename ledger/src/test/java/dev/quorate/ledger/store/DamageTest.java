package dev.quorate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.LmdbFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what LMDB left there: an exception that says so, and never a dead process. */
class DamageTest {
  private static final int PAGE = 4_096;

  @TempDir private static Path template = Path.of("");
  @TempDir private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeAll
  static void fillAStore() {
    try (var store = Chains.open(template)) {
      Chains.fill(store, 60);
      try (var batch = store.begin()) {
        // Large enough for pages of its own.
        batch.saveEngineState(Bytes.wrap(new byte[3 * PAGE]));
        batch.commit();
      }
    }
  }

  @BeforeEach
  void copyTheStore() throws IOException {
    try (var files = Files.walk(template)) {
      for (var source : files.filter(it -> !it.equals(template)).toList()) {
        Files.copy(source, directory.resolve(template.relativize(source)));
      }
    }
    file = directory.resolve("chain/data.mdb");
  }

  @Test
  void aFlippedByteOfABlockIsFoundWhenTheBlockIsRead() throws IOException {
    var content = Files.readAllBytes(file);
    flipEvery(content, "second of 20".getBytes(StandardCharsets.UTF_8));
    Files.write(file, content);

    try (var store = Chains.open(directory)) {
      assertThat(store.block(new Height(20))).isPresent();
      assertThatThrownBy(() -> store.block(new Height(21)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("table bodies, key 0000000000000015");
      assertThat(
              new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE).verify(store, _ -> {}))
          .isInstanceOfSatisfying(
              ChainVerifier.Result.Broken.class,
              it -> assertThat(it.height()).isEqualTo(new Height(21)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, PAGE, PAGE + 7, 2 * PAGE, 5 * PAGE, 20 * PAGE + 1})
  void refusesATruncatedFile(int length) throws IOException {
    var content = Files.readAllBytes(file);
    assertThat(content.length).isGreaterThan(length);
    Files.write(file, Arrays.copyOf(content, length));

    assertThatThrownBy(() -> Chains.open(directory))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("data.mdb is damaged");
  }

  @Test
  void refusesAFileThatLostItsEndAlsoAfterACrash() throws IOException {
    Files.writeString(directory.resolve("chain/stopped"), "in use\n");
    var content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - PAGE));

    assertThatThrownBy(() -> Chains.open(directory)).isInstanceOf(StorageException.class);
  }

  @Test
  void anEmptyOrMissingFileIsNotAFirstStart() throws IOException {
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Chains.open(directory)).hasMessageContaining("missing or empty");

    Files.delete(file);
    assertThatThrownBy(() -> Chains.open(directory)).hasMessageContaining("missing or empty");
  }

  @Test
  void refusesAnotherFormatOfLmdb() throws IOException {
    var content = Files.readAllBytes(file);
    // Behind the page header of 16 bytes and the magic number.
    content[20] = 2;
    Files.write(file, content);

    assertThatThrownBy(() -> Chains.open(directory))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("LMDB's format 2, this program reads format 1");
  }

  @Test
  void aCleanStopSparesTheWalkAndACrashDoesNot() throws IOException {
    var content = Files.readAllBytes(file);
    for (int page = 2; page < content.length / PAGE; page++) {
      // Every page claims to be page 7; only the walk looks.
      Arrays.fill(content, page * PAGE, page * PAGE + Long.BYTES, (byte) 0);
      content[page * PAGE] = 7;
    }
    Files.write(file, content);
    var access = LmdbEnvironment.Access.READ_WRITE;
    LmdbFile.check(directory.resolve("chain"), access);

    Files.writeString(directory.resolve("chain/stopped"), "in use\n");
    assertThatThrownBy(() -> LmdbFile.check(directory.resolve("chain"), access))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("says that it is page 7");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void damageAnywhereIsToldOrHarmless(long seed) throws IOException {
    var random = new Random(seed);
    var content = Files.readAllBytes(file);
    for (int round = 0; round < 6; round++) {
      var damaged = content.clone();
      for (int i = 0; i < 1 << random.nextInt(6); i++) {
        int page = random.nextInt(damaged.length / PAGE) * PAGE;
        // Half of the hits go to where pages keep their structure.
        int at = random.nextBoolean() ? random.nextInt(48) : random.nextInt(PAGE);
        damaged[page + at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      Files.writeString(directory.resolve("chain/stopped"), "in use\n");

      auditWithoutDying();
    }
  }

  /** Opens and reads everything; whatever is wrong comes out as a value or an exception of ours. */
  private void auditWithoutDying() {
    try (var store =
        LmdbChainStore.openReadOnly(directory, Four.GENESIS, Chains.options(8, Runnable::run))) {
      var result =
          new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE).verify(store, _ -> {});
      if (result instanceof ChainVerifier.Result.Ok ok) {
        assertThat(ok.transactions()).isEqualTo(180);
      }
      store.undelivered();
      store.engineState();
    } catch (StorageException told) {
      assertThat(told).hasMessageMatching("(?s).+");
    }
  }

  private static void flipEvery(byte[] content, byte[] wanted) {
    int found = 0;
    for (int at = 0; at <= content.length - wanted.length; at++) {
      if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
        content[at] ^= 1;
        found++;
      }
    }
    assertThat(List.of(found)).doesNotContain(0);
  }
}
