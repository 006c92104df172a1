package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private final KeyPair keys = KeyPair.fromSeed(Hash.sha256(Bytes.utf8("a")).bytes());

  @TempDir Path folder;

  @Test
  void readsWhatItCreated() throws IOException {
    var file = folder.resolve("key.pem");

    KeyFile.create(file, keys);

    assertReads(KeyFile.read(file));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void leavesAFileAloneThatExists() throws IOException {
    var file = folder.resolve("key.pem");
    Files.writeString(file, "mine");

    assertThatThrownBy(() -> KeyFile.create(file, keys))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---", "rw-rw-rw-"})
  void refusesAFileThatOthersCanTouchAndSaysHowToMendIt(String mode) throws IOException {
    var file = folder.resolve("key.pem");
    KeyFile.create(file, keys);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(KeyFile.read(file))
        .isInstanceOfSatisfying(
            KeyFile.Reading.Refused.class,
            it -> assertThat(it.reason()).contains("chmod 600 " + file).doesNotContain("\n"));
  }

  @Test
  void takesSuchAFileWithAWarningWhereKeysProtectNothing() throws IOException {
    var file = folder.resolve("key.pem");
    KeyFile.create(file, keys);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(KeyFile.read(file, KeyFile.Strictness.WARN))
        .isInstanceOfSatisfying(
            KeyFile.Reading.Read.class,
            it -> {
              assertThat(it.keys().publicKey()).isEqualTo(keys.publicKey());
              assertThat(it.warning()).get().asString().contains("chmod 600");
            });
  }

  @Test
  void refusesAFileOfAnotherOwner() throws IOException {
    var file = folder.resolve("key.pem");
    KeyFile.create(file, keys);
    boolean root = Files.getAttribute(file, "unix:uid").equals(0);
    assumeTrue(root, "skipped: only root can give a file away");
    Files.setAttribute(file, "unix:uid", 54321);

    assertThat(KeyFile.read(file))
        .isInstanceOfSatisfying(
            KeyFile.Reading.Refused.class,
            it -> assertThat(it.reason()).contains("54321", "chown root " + file));
  }

  @Test
  void namesAFileThatIsMissing() {
    var file = folder.resolve("none.pem");

    assertThat(KeyFile.read(file))
        .isEqualTo(new KeyFile.Reading.Refused("there is no key file " + file));
    assertThat(KeyFile.read(file, KeyFile.Strictness.WARN))
        .isInstanceOf(KeyFile.Reading.Refused.class);
  }

  @Test
  void refusesWhatIsNoKey() throws IOException {
    var file = folder.resolve("key.pem");
    KeyFile.create(file, keys);
    var pem = Files.readString(file, StandardCharsets.US_ASCII);
    var der = Base64.getDecoder().decode(pem.lines().skip(1).findFirst().orElseThrow());
    var ed448 = der.clone();
    ed448[11]++;
    var begin = "-----BEGIN PRIVATE KEY-----";

    for (var text :
        new String[] {
          "",
          "key",
          begin,
          "-----BEGIN PRIVATE KEY----END PRIVATE KEY-----",
          pem.replace("PRIVATE", "PUBLIC"),
          pem.replace("MC4C", "MC4"),
          pem.replace("MC4C", "!!!!"),
          pem.replace(Base64.getEncoder().encodeToString(der), ""),
          pem.replace(
              Base64.getEncoder().encodeToString(der), Base64.getEncoder().encodeToString(ed448)),
          pem + pem,
          pem + "x".repeat(5000)
        }) {
      Files.writeString(file, text);
      assertThat(KeyFile.read(file)).as(text).isInstanceOf(KeyFile.Reading.Refused.class);
    }
    assertThat(KeyFile.read(folder)).isInstanceOf(KeyFile.Reading.Refused.class);
  }

  @Test
  void isReadByOpensslAndReadsWhatOpensslWrites() throws IOException, InterruptedException {
    assumeTrue(openssl("version"), "skipped: there is no openssl");
    var ours = folder.resolve("ours.pem");
    var theirs = folder.resolve("theirs.pem");
    KeyFile.create(ours, keys);

    var rewritten = folder.resolve("rewritten.pem");
    assertThat(openssl("pkey", "-in", ours.toString(), "-out", rewritten.toString())).isTrue();
    assertThat(rewritten).hasSameTextualContentAs(ours);
    var publicKey = folder.resolve("public.der");
    assertThat(
            openssl(
                "pkey",
                "-in",
                ours.toString(),
                "-pubout",
                "-outform",
                "DER",
                "-out",
                publicKey.toString()))
        .isTrue();
    assertThat(Bytes.wrap(Files.readAllBytes(publicKey)).hex())
        .endsWith(keys.publicKey().toString());
    assertThat(openssl("genpkey", "-algorithm", "ed25519", "-out", theirs.toString())).isTrue();
    assertThat(KeyFile.read(theirs)).isInstanceOf(KeyFile.Reading.Read.class);
  }

  @Test
  void keepsAGeneratedKey() {
    var generated = KeyPair.generate(new SecureRandom());
    var file = folder.resolve("key.pem");

    KeyFile.create(file, generated);

    assertThat(KeyFile.read(file))
        .isInstanceOfSatisfying(
            KeyFile.Reading.Read.class,
            it -> {
              assertThat(it.keys().seed()).isEqualTo(generated.seed());
              assertThat(it.keys().publicKey()).isNotEqualTo(keys.publicKey());
            });
    assertThat(generated.toString()).doesNotContain(generated.seed().hex());
  }

  private void assertReads(KeyFile.Reading reading) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            KeyFile.Reading.Read.class,
            it -> {
              assertThat(it.keys().seed()).isEqualTo(keys.seed());
              assertThat(it.keys().publicKey()).isEqualTo(keys.publicKey());
              assertThat(it.warning()).isEqualTo(Optional.empty());
            });
  }

  private boolean openssl(String... arguments) throws InterruptedException {
    var command = new ArrayList<String>();
    command.add("openssl");
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
