package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import dev.quorate.node.StartRefused;
import dev.quorate.node.Version;
import dev.quorate.node.client.UnreachableException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line and turns whatever comes of it into an exit code. */
public final class CommandLineRunner {
  private static final String UNREACHABLE =
      "is a node running there? start one with: quorate demo, or name another with --api URL";

  private CommandLineRunner() {}

  /** Runs a command; results go to {@code out}, all else to {@code err}. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // Scripts ask for it often, and it need not wait until all commands are looked at.
      out.println(Version.current());
      out.flush();
      return ExitCode.OK;
    }
    return new CommandLine(new QuorateCommand())
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> misused(e, err))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, err, parsed))
        .execute(arguments);
  }

  private static int misused(ParameterException e, PrintWriter err) {
    err.println(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    err.println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, PrintWriter err, ParseResult parsed) {
    int code =
        switch (failure) {
          case UnreachableException e -> {
            err.println(e.getMessage());
            err.println(UNREACHABLE);
            yield ExitCode.UNREACHABLE;
          }
          case StartRefused e -> {
            e.lines().forEach(err::println);
            yield ExitCode.FAILED;
          }
          default -> {
            failure.printStackTrace(err);
            err.println("a bug in: " + String.join(" ", names(parsed)));
            yield ExitCode.BUG;
          }
        };
    err.flush();
    return code;
  }

  private static List<String> names(ParseResult parsed) {
    return parsed.asCommandLineList().stream().map(CommandLine::getCommandName).toList();
  }
}
