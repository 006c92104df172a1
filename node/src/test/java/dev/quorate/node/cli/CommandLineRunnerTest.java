package dev.quorate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.node.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineRunnerTest {
  /** Nobody listens on the port of TCP's multiplexer. */
  private static final String NOBODY = "http://127.0.0.1:1";

  private static final Path VERDICTS =
      Path.of(
          "../ledger/src/test/resources/vectors/light_client_mbt"
              + "/MC10_3_faulty_TestTwoThirdsValsetChanges.json");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private @Nullable HttpServer node;

  @AfterEach
  void stop() {
    if (node != null) {
      node.stop(0);
    }
  }

  @Test
  void versionNamesTheCommit() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).matches("quorate \\S+ \\(commit [0-9a-f]{12}\\)\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpIsAResultAndNotAnError() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Usage: quorate").contains("Exit codes:");
    assertThat(run("submit", "--help")).isEqualTo(ExitCode.OK);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aCommandLineThatMakesNoSenseIsAUsageError() {
    assertThat(run("sumbit", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("submit").contains("see: quorate --help");
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(run("block")).isEqualTo(ExitCode.USAGE);
    assertThat(run("submit")).isEqualTo(ExitCode.USAGE);
    assertThat(run("submit", "--api", "nonsense", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(run("submit", "@" + folder.resolve("none"))).isEqualTo(ExitCode.USAGE);
    assertThat(run("tx", "get", "XYZ")).isEqualTo(ExitCode.USAGE);
    assertThat(run("block", "get", "-1")).isEqualTo(ExitCode.USAGE);
    assertThat(run("block", "get", "7", "-o", "yaml")).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void nobodyThereIsAnExitCodeOfItsOwnAndSaysWhatToDo() {
    assertThat(run("submit", "--api", NOBODY, "x")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run("block", "tail", "--api", NOBODY)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run("tx", "get", "--api", NOBODY, "0".repeat(64))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(out.toString()).doesNotContain("final");
    assertThat(err.toString()).contains("no answer from " + NOBODY).contains("quorate demo");
  }

  @Test
  void networkInitMakesWhatConfigCheckAccepts() {
    var net = folder.resolve("net");

    assertThat(run("network", "init", "--validators", "4", "--out", net.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("4 validators, genesis ");
    assertThat(run("config", "check", "--config", net.resolve("node-3/node.toml").toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("configuration ok");
  }

  @Test
  void aNetworkOfOneIsCountedInTheSingular() {
    run("network", "init", "--validators", "1", "--out", folder.resolve("net").toString());

    assertThat(out.toString()).contains(": 1 validator, genesis ");
  }

  @Test
  void networkInitRefusesAFolderThatIsNotEmpty() throws IOException {
    Files.writeString(folder.resolve("mine"), "precious");

    assertThat(run("network", "init", "--validators", "4", "--out", folder.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("is not empty; nothing was written");
  }

  @Test
  void aFolderThatCannotBeWrittenIsARefusalAndNoBug() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "mine");

    assertThat(run("network", "init", "--validators", "4", "--out", file + "/net"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .startsWith("the network cannot be written into " + file + "/net: ")
        .hasLineCount(1);
  }

  @Test
  void aFileThatIsNotThereIsNamedWithoutTheClassOfTheError() {
    var none = folder.resolve("none");

    assertThat(run("verify", "light-client", none.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualTo("cannot read " + none + ": no such file or folder\n");
  }

  @Test
  void aWaitThatIsOverIsAnExitCodeOfItsOwnAndTheIdIsTheResult() throws IOException {
    var id = Hash.sha256(Bytes.utf8("slow")).bytes().hex();
    var api =
        serve504("{\"code\":\"wait-expired\",\"id\":\"%s\",\"retryable\":true}".formatted(id));

    assertThat(run("submit", "--wait", "--api", api, "slow")).isEqualTo(ExitCode.PENDING);
    assertThat(out.toString()).isEqualTo(id + "\n");
    assertThat(err.toString()).contains("sending the same bytes again later is safe");
  }

  @Test
  void aVerdictThatDiffersFromTheExpectedOneIsInvalid() throws IOException {
    var wrong = folder.resolve("wrong.json");
    Files.writeString(
        wrong, Files.readString(VERDICTS).replaceFirst("\"SUCCESS\"", "\"NOT_ENOUGH_TRUST\""));

    assertThat(run("verify", "light-client", VERDICTS.toString())).isEqualTo(ExitCode.OK);
    assertThat(run("verify", "light-client", wrong.toString())).isEqualTo(ExitCode.INVALID);
    assertThat(out.toString()).contains(", expected ").endsWith(" verdicts as expected\n");
  }

  @Test
  void aDemoThatGoesOnIsNotSilentlyAnotherThanTheOneAskedFor() {
    var net = folder.resolve("net").toString();
    run("network", "init", "--validators", "4", "--out", net);

    assertThat(run("demo", "--keep", net, "--validators", "7")).isEqualTo(ExitCode.FAILED);
    assertThat(run("demo", "--keep", net, "--port-base", "9080")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains(net + " holds a network with --validators 4;")
        .contains(net + " holds a network with --port-base 7080;");
  }

  @Test
  void aDataFolderThatDoesNotSayWhoseItIsIsNotValid() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));

    assertThat(run("verify", "chain", "--data", data.toString())).isEqualTo(ExitCode.FAILED);

    Files.writeString(data.resolve("identity.json"), "{}");
    assertThat(run("verify", "chain", "--data", data.toString())).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString()).contains("it has no readable identity.json");
  }

  @Test
  void networkInitJudgesItsOptionsFirst() {
    var net = folder.resolve("net").toString();

    assertThat(run("network", "init", "--validators", "0", "--out", net)).isEqualTo(ExitCode.USAGE);
    assertThat(run("network", "init", "--validators", "4", "--powers", "1,2", "--out", net))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("network", "init", "--validators", "4", "--host", "a \" b", "--out", net))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("network", "init", "--validators", "4", "--engine", "pfbt", "--out", net))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("did you mean \"pbft\"?");
    assertThat(folder.resolve("net")).doesNotExist();
  }

  @Test
  void configCheckSaysEverythingThatIsWrong() throws IOException {
    var file = folder.resolve("node.toml");
    Files.writeString(file, "[node]\nname = 1\n");

    assertThat(run("config", "check", "--config", file.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("node.name = 1").endsWith("5 faults.\n");
  }

  /** Something that answers every submission as a node does when the client's wait is over. */
  private String serve504(String problem) throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/v1/transactions",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          exchange.sendResponseHeaders(504, problem.length());
          try (var body = exchange.getResponseBody()) {
            body.write(problem.getBytes(StandardCharsets.US_ASCII));
          }
        });
    node.start();
    return "http://127.0.0.1:" + node.getAddress().getPort();
  }

  private int run(String... arguments) {
    return CommandLineRunner.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
