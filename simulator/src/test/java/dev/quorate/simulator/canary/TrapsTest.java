package dev.quorate.simulator.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import dev.quorate.simulator.canary.Traps.Trap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Liveness traps that no oracle can see, with the rule and without it. */
final class TrapsTest {
  static Stream<Arguments> sins() {
    return Stream.of(
        Arguments.of(timerNeverDoubles(), Trap.SLOW_FRAMES),
        Arguments.of(neverRebased(), Trap.LATE_VOTER));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"SLOW_FRAMES,1", "SLOW_FRAMES,2", "LATE_VOTER,1", "LATE_VOTER,2"})
  void nobodyIsCaughtByTheTrap(Trap trap, long seed) {
    assertThat(new Traps().run(trap + " " + seed)).isEqualTo(Traps.HOLDS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sins")
  void withoutTheRuleTheTrapCloses(Mutant sin, Trap trap) {
    assertThat(sin.load(Traps.class).run(trap + " 1")).isNotEqualTo(Traps.HOLDS);
  }

  private static Mutant timerNeverDoubles() {
    return Mutant.of("consensus-pbft", "T(v) never doubles")
        .with(
            "dev/quorate/consensus/pbft/PbftParameters.java",
            "long factor = 1L << Math.min(Math.max(views, 0), 30);",
            "long factor = 1L;");
  }

  private static Mutant neverRebased() {
    return Mutant.of("consensus-pbft", "who caught up goes on where it PREPAREd last")
        .with(
            "dev/quorate/consensus/pbft/ReplicaState.java",
            "if (preparedTip.height().isAbove(certified.height()) || preparedTip.equals(certified))"
                + " {",
            "if (preparedTip.height().isAbove(genesis)) {");
  }
}
