package dev.quorate.node.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command speaks: results on standard output, hints on standard error. */
final class OutputOptions {
  /** The forms of a result. */
  enum Form {
    /** For people. */
    table,
    /** One JSON document. */
    json,
    /** One JSON document a line. */
    jsonl
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Form form = Form.table;

  @Option(
      names = {"-q", "--quiet"},
      description = "no hints, only results and errors")
  boolean quiet;

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  boolean isTable() {
    return form == Form.table;
  }

  /** A line of the result. */
  void result(String line) {
    out().println(line);
    out().flush();
  }

  /** A line that helps a person and that no script needs. */
  void hint(String line) {
    if (!quiet) {
      error(line);
    }
  }

  /** A line that says why something failed. */
  void error(String line) {
    var err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
