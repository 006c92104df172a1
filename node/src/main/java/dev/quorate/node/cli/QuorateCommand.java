package dev.quorate.node.cli;

import dev.quorate.node.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself. */
@SuppressWarnings("UnusedVariable") // picocli acts on these options; nobody reads them
@Command(
    name = "quorate",
    description = "Orders transactions so that nobody can dispute the order.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = QuorateCommand.Versions.class,
    footer = {
      "",
      "Exit codes: 0 ok, 1 refused or failed, 2 usage, 3 invalid, 5 no answer,",
      "6 still pending when the wait was over."
    },
    subcommands = {
      DemoCommand.class,
      NetworkCommand.class,
      NodeCommand.class,
      SubmitCommand.class,
      TxCommand.class,
      BlockCommand.class,
      VerifyCommand.class,
      ConfigCommand.class
    })
final class QuorateCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version and the commit")
  private boolean version;

  /** Reads the version only when it is asked for. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.current().toString()};
    }
  }
}
