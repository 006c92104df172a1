package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at transactions. */
@Command(name = "tx", description = "Look at a transaction.", subcommands = TxCommand.Get.class)
final class TxCommand {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /** Says where a transaction stands. */
  @Command(name = "get", description = "Say where a transaction stands.")
  static final class Get implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ApiOption api = new ApiOption();

    @Parameters(paramLabel = "ID", description = "64 lower-case hexadecimal digits")
    private String id = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
      if (!ID.matcher(id).matches()) {
        throw new ParameterException(
            spec.commandLine(), "an id has 64 lower-case hexadecimal digits, not \"" + id + "\"");
      }
      try (var client = api.client()) {
        var answer = client.get("/v1/transactions/" + id);
        if (!answer.isSuccess()) {
          return ApiOption.refused(output, answer);
        }
        output.result(output.isTable() ? MemberTable.of(answer.json()) : answer.text().strip());
        return ExitCode.OK;
      }
    }
  }
}
