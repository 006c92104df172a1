package dev.quorate.consensus.tendermint.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real engines, traced. */
final class ExplorerTest {
  @Test
  void keepsEveryRuleInEveryTrace() {
    long traces = Long.getLong("quorate.traces", 100_000);
    long first = Long.getLong("quorate.trace.first", 0);
    long start = System.nanoTime();

    var report = new Explorer(Optional.empty()).run(first, traces, Explorer.THREADS);

    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d traces, %d steps in %.1f s: %.0f traces/s; delivered in %d, rounds %s%n",
        report.traces(),
        report.steps(),
        seconds,
        report.traces() / seconds,
        report.delivered(),
        report.rounds());
    assertThat(report.found())
        .as(
            () ->
                report
                    .found()
                    .map(it -> it.replayLine() + "\n" + Trace.log(it.seed(), false))
                    .orElse(""))
        .isEmpty();
  }

  @Test
  void replaysOneTrace() {
    long seed = Long.getLong("quorate.trace.seed", 1);

    var log = Trace.log(seed, Boolean.getBoolean("quorate.trace.agreement"));

    if (System.getProperty("quorate.trace.seed") != null) {
      System.out.println(log);
    }
    assertThat(log).endsWith("all holds");
  }
}
