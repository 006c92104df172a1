package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.plan.RunPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** O22: one seed is one run, on every JVM. */
final class DeterminismTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 1999})
  void oneSeedTwiceIsTheSameRun(long seed) {
    var first = run(seed);
    var second = run(seed);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void twoSeedsAreTwoRuns() {
    assertThat(run(5)).isNotEqualTo(run(6));
  }

  @Test
  void oneSeedInAnotherJvmIsTheSameRun() throws IOException, InterruptedException {
    var here = run(11);

    // Another salt for Set.of and Map.of, other identity hash codes, other compilation.
    var there =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.quorate.simulator.cli.Main",
                    "seed",
                    "11"))
            .redirectErrorStream(true)
            .start();
    var output = new String(there.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(there.waitFor()).as(output).isZero();
    assertThat(output).contains("event log " + here);
  }

  private static String run(long seed) {
    return switch (Simulation.of(RunPlan.of(seed, "pbft")).run()) {
      case Verdict.Agreed(_, _, var log, _) -> log.toString();
      case Verdict.Invalid(_, var log, _) -> log.toString();
      case Verdict.Violated violated -> throw new AssertionError(violated.toString());
    };
  }
}
