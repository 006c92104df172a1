package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.plan.RunPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** O22: one seed is one run, on every JVM. */
final class DeterminismTest {
  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFourSeeds")
  void oneSeedTwiceIsTheSameRun(String engine, long seed) {
    var first = run(engine, seed);
    var second = run(engine, seed);

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void twoSeedsAreTwoRuns(String engine) {
    assertThat(run(engine, 5)).isNotEqualTo(run(engine, 6));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneSeedInAnotherJvmIsTheSameRun(String engine) throws IOException, InterruptedException {
    var here = run(engine, 11);

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
                    "11",
                    "--engine",
                    engine))
            .redirectErrorStream(true)
            .start();
    var output = new String(there.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(there.waitFor()).as(output).isZero();
    assertThat(output).contains("event log " + here);
  }

  private static String run(String engine, long seed) {
    return switch (Simulation.of(RunPlan.of(seed, engine)).run()) {
      case Verdict.Agreed(_, _, var log, _) -> log.toString();
      case Verdict.Invalid(_, var log, _) -> log.toString();
      case Verdict.Violated violated -> throw new AssertionError(violated.toString());
    };
  }
}
