package dev.quorate.node.cli;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.light.LightClientFile;
import dev.quorate.ledger.light.LightClientFile.Judged;
import dev.quorate.ledger.light.LightClientFile.Reading;
import dev.quorate.node.ExitCode;
import dev.quorate.node.network.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a file of light-client verdicts, for people who compare implementations. */
@Command(
    name = "light-client",
    description = "Run a file in the form of light_client_mbt and compare each verdict.")
final class LightClientCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "what a light client sees, and what it shall say")
  private Path file = Path.of("-");

  @Override
  public Integer call() {
    Bytes bytes;
    try {
      if (Files.size(file) > LightClientFile.MAX_BYTES) {
        output.error(file + " is larger than " + LightClientFile.MAX_BYTES + " bytes");
        return ExitCode.USAGE;
      }
      bytes = Bytes.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      output.error("cannot read " + file + ": " + FileTrouble.why(e));
      return ExitCode.USAGE;
    }
    return switch (LightClientFile.read(bytes)) {
      case Reading.NotSuchAFile(var faults) -> {
        faults.forEach(fault -> output.error(file + ":" + fault));
        yield ExitCode.USAGE;
      }
      case Reading.Read(var read) -> report(read.run(Ed25519.INSTANCE));
    };
  }

  private int report(LightClientFile.Report report) {
    for (int i = 0; i < report.verdicts().size(); i++) {
      output.result(line(i, report.verdicts().get(i)));
    }
    output.result(report.summary());
    return report.asExpected() ? ExitCode.OK : ExitCode.INVALID;
  }

  private static String line(int index, Judged judged) {
    var verdict =
        judged.asExpected()
            ? judged.found().toString()
            : "%s, expected %s".formatted(judged.found(), judged.expected());
    return "%4d  %s%s"
        .formatted(index, verdict, judged.reason().isEmpty() ? "" : "  (" + judged.reason() + ")");
  }
}
