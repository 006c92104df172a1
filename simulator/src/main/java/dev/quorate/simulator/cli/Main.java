package dev.quorate.simulator.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the program begins. */
public final class Main {
  /** All rules held. */
  static final int FINE = 0;

  /** A rule did not hold. */
  static final int VIOLATED = 3;

  private Main() {}

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    int code = new CommandLine(new SimCommand()).setOut(out).execute(arguments);
    out.flush();
    System.exit(code);
  }
}
