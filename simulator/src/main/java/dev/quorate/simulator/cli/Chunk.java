package dev.quorate.simulator.cli;

import dev.quorate.simulator.Tally;
import java.util.List;

/**
 * What came of some seeds in a row.
 *
 * @param from the first seed
 * @param to the one after the last
 * @param invalid how many runs said nothing
 * @param violated the seeds that broke a rule
 */
record Chunk(long from, long to, long agreed, long invalid, List<Long> violated, Tally tally) {
  Chunk {
    violated = List.copyOf(violated);
  }
}
