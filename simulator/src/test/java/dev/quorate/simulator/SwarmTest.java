package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.plan.RunPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeds by the thousand, each with its own mixture of faults; {@code -Dquorate.seeds} says how
 * many.
 */
final class SwarmTest {
  private static final long SEEDS = Long.getLong("quorate.seeds", 2_000);
  private static final long FIRST = Long.getLong("quorate.seeds.from", 0);

  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noSeedBreaksARule(String engine) {
    var verdicts =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .mapToObj(seed -> Simulation.of(RunPlan.of(seed, engine)).run())
            .toList();

    assertThat(verdicts).filteredOn(it -> it instanceof Verdict.Violated).isEmpty();
    assertThat(verdicts)
        .filteredOn(it -> it instanceof Verdict.Invalid)
        .as("runs in which too little happened")
        .hasSizeLessThan(verdicts.size() / 20 + 1);
  }

  @Test
  void noSeedThatEverFailedFailsAgain() throws IOException {
    var verdicts = new ArrayList<Verdict>();
    for (var line : keptSeeds()) {
      var words = line.split(" ", -1);
      verdicts.add(Simulation.of(RunPlan.of(Long.parseLong(words[0]), words[1])).run());
    }

    assertThat(verdicts).filteredOn(it -> it instanceof Verdict.Violated).isEmpty();
  }

  private static List<String> keptSeeds() throws IOException {
    return Files.readAllLines(Path.of("seeds.txt")).stream()
        .filter(it -> !it.isBlank() && !it.startsWith("#"))
        .toList();
  }
}
