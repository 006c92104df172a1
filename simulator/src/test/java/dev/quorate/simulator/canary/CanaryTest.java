package dev.quorate.simulator.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Experiment;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CanaryTest {
  static Stream<Canary> canaries() {
    return Stream.of(ProtocolCanaries.all(), ReplicaCanaries.all(), TendermintCanaries.all())
        .flatMap(List::stream);
  }

  /** Each run once, however many sins show in it. */
  static Stream<String> runs() {
    return canaries().map(it -> it.course() + " " + it.seed()).distinct();
  }

  /** The seed that showed it last comes first; when it does not any more, the others do. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("canaries")
  void eachSinIsSeenByTheOracleThatItNames(Canary canary) {
    var sinful = canary.load();

    assertThat(seeds(canary).anyMatch(seed -> isSeen(canary, sinful, seed)))
        .as("%s, within %d seeds of %s", canary, canary.within(), canary.course())
        .isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void theSameRunsAreSoundWithoutSin(String run) {
    assertThat(new Flight().run(run)).isEqualTo(Flight.SOUND);
  }

  private static LongStream seeds(Canary canary) {
    return LongStream.concat(
        LongStream.of(canary.seed()), LongStream.rangeClosed(1, canary.within()));
  }

  private static boolean isSeen(Canary canary, Experiment sinful, long seed) {
    var report = sinful.run("%s %d %s".formatted(canary.course(), seed, canary.oracle()));
    return report.startsWith(canary.oracle() + " ");
  }
}
