package dev.quorate.simulator.cli;

import dev.quorate.mutants.Experiment;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command with its options, separated by blanks: its exit code, a line, and what it printed. */
final class CommandRun implements Experiment {
  @Override
  public String run(String argument) {
    var text = new StringWriter();
    var out = new PrintWriter(text, true);
    int code =
        new CommandLine(new SimCommand()).setOut(out).setErr(out).execute(argument.split(" ", -1));
    return code + "\n" + text;
  }
}
