package dev.quorate.consensus.tendermint.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.explorer.Explorer;
import dev.quorate.explorer.Game;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real engines, traced. */
final class ExplorerTest {
  private static final Game GAME = new TendermintGame();

  @Test
  void keepsEveryRuleInEveryTrace() {
    long traces = Long.getLong("quorate.traces", 100_000);
    long first = Long.getLong("quorate.trace.first", 0);
    long start = System.nanoTime();

    var report = new Explorer(GAME, Optional.empty()).run(first, traces, Explorer.THREADS);

    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s; %.0f traces/s%n", report, report.traces() / seconds);
    assertThat(report.found())
        .as(
            () ->
                report
                    .found()
                    .map(it -> it.replayLine() + "\n" + GAME.log(it.seed(), false))
                    .orElse(""))
        .isEmpty();
  }

  @Test
  void replaysOneTrace() {
    long seed = Long.getLong("quorate.trace.seed", 1);

    var log = GAME.log(seed, Boolean.getBoolean("quorate.trace.agreement"));

    if (System.getProperty("quorate.trace.seed") != null) {
      System.out.println(log);
    }
    assertThat(log).endsWith("all holds");
  }
}
