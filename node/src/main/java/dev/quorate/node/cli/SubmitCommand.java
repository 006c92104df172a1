package dev.quorate.node.cli;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.node.ExitCode;
import dev.quorate.node.client.Answer;
import dev.quorate.node.network.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands one transaction to a node. */
@Command(name = "submit", description = "Hand a transaction to a node.")
final class SubmitCommand implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ApiOption api = new ApiOption();

  @Option(names = "--wait", description = "wait until it is final, up to a minute")
  private boolean wait;

  @Parameters(
      paramLabel = "TEXT|@FILE|-",
      description = "the bytes: a text, a file, or standard input")
  private String source = "";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    var transaction = bytes();
    try (var client = api.client()) {
      long start = System.nanoTime();
      var answer =
          wait ? client.submitAndWait(transaction, LONGEST_WAIT) : client.submit(transaction);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      if (!answer.isSuccess()) {
        if (answer.status() == 504) {
          output.result(output.isTable() ? idOf(answer, transaction) : answer.text().strip());
        }
        return ApiOption.refused(output, answer);
      }
      if (output.isTable()) {
        show(answer, transaction, millis);
      } else {
        output.result(answer.text().strip());
      }
      return ExitCode.OK;
    }
  }

  private void show(Answer answer, Bytes transaction, long millis) {
    var id = idOf(answer, transaction);
    if (answer.text("state", "").equals("COMMITTED")) {
      var word = answer.status() == 200 ? "was final before" : "final";
      output.result(
          "%s at height %s, index %s in %d ms"
              .formatted(word, answer.text("height", "?"), answer.text("index", "?"), millis));
      output.result("id " + id);
    } else {
      output.result(id);
      output.hint(
          "%s, not final yet; look with: quorate tx get %s"
              .formatted(answer.text("state", "RECEIVED"), id));
    }
  }

  private static String idOf(Answer answer, Bytes transaction) {
    var id = answer.text("id", answer.text("txId", ""));
    return id.isEmpty() ? Hash.sha256(transaction).toString() : id;
  }

  private Bytes bytes() {
    try {
      if (source.equals("-")) {
        return Bytes.wrap(System.in.readAllBytes());
      }
      return source.startsWith("@")
          ? Bytes.wrap(Files.readAllBytes(Path.of(source.substring(1))))
          : Bytes.utf8(source);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "cannot read " + source + ": " + FileTrouble.why(e));
    }
  }
}
