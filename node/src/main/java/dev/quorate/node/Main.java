package dev.quorate.node;

import dev.quorate.node.cli.CommandLineRunner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Whatever happens, the process ends: threads that were started must not keep it alive. */
  private static int run(PrintWriter out, PrintWriter err, String[] arguments) {
    try {
      return CommandLineRunner.run(out, err, arguments);
    } catch (Error broken) {
      broken.printStackTrace(err);
      return ExitCode.BUG;
    }
  }
}
