package dev.quorate.simulator.cli;

import dev.quorate.simulator.Tally;
import java.io.PrintWriter;
import java.util.Map;

/** What runs went through, for people. */
final class Table {
  private final PrintWriter out;

  Table(PrintWriter out) {
    this.out = out;
  }

  void print(Tally tally) {
    out.printf("%-44s %12d%n", "blocks", tally.blocks());
    out.printf("%-44s %12d%n", "transactions", tally.transactions());
    out.println("faults");
    rows(tally.faults());
    out.println("marks");
    rows(tally.marks());
  }

  private void rows(Map<String, Long> rows) {
    rows.forEach(
        (name, count) ->
            out.printf("  %-42s %12s%n", name, count == 0 ? "never" : count.toString()));
  }
}
