package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import dev.quorate.node.client.BlockFeed;
import dev.quorate.node.client.EventStream.Start;
import dev.quorate.node.client.StreamEvent;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at blocks. */
@Command(
    name = "block",
    description = "Look at blocks.",
    subcommands = {BlockCommand.Get.class, BlockCommand.Tail.class})
final class BlockCommand {
  private static final Pattern REFERENCE = Pattern.compile("latest|\\d{1,18}|[0-9a-f]{64}");

  /** Shows one block. */
  @Command(name = "get", description = "Show a block.")
  static final class Get implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ApiOption api = new ApiOption();

    @Parameters(paramLabel = "HEIGHT|HASH|latest", description = "which block")
    private String reference = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
      if (!REFERENCE.matcher(reference).matches()) {
        throw new ParameterException(
            spec.commandLine(), "\"" + reference + "\" is no height, no hash and not latest");
      }
      try (var client = api.client()) {
        var answer = client.get("/v1/blocks/" + reference);
        if (!answer.isSuccess()) {
          return ApiOption.refused(output, answer);
        }
        output.result(output.isTable() ? MemberTable.of(answer.json()) : answer.text().strip());
        return ExitCode.OK;
      }
    }
  }

  /** Follows the blocks as they become final. */
  @Command(
      name = "tail",
      description = "Follow blocks as they become final; resumes by itself until stopped.")
  static final class Tail implements Callable<Integer> {
    private static final String ROW = "%10s  %6s  %-7s%s";

    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ApiOption api = new ApiOption();

    @Option(
        names = "--from",
        paramLabel = "HEIGHT",
        description = "begin with this block (default: the next one)")
    private long from = -1;

    @Override
    public Integer call() {
      var start = from < 0 ? new Start.Next("block") : new Start.From("block", from);
      try (var client = api.client()) {
        output.hint("following " + client.api() + "; stop with Ctrl-C");
        if (output.isTable()) {
          output.result(ROW.formatted("height", "txs", "round", "hash"));
        }
        var refusal = new BlockFeed(client, start, output::hint).follow(this::show);
        return ApiOption.refused(output, refusal);
      }
    }

    private void show(StreamEvent block) {
      var json = block.json();
      output.result(
          output.isTable()
              ? ROW.formatted(
                  json.path("height").asText(),
                  json.path("txs").asText(),
                  json.path("round").asText(),
                  json.path("hash").asText())
              : block.text());
    }
  }
}
