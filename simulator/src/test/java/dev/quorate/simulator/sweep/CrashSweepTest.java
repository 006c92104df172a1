package dev.quorate.simulator.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.Engines;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.observe.CrashKind;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CrashSweepTest {
  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aCrashAtAnyDurableBoundaryBreaksNoRule(String engine) {
    var sweep = new CrashSweep(engine, 1);
    var crashes = sweep.crashes();

    var violated = new TreeMap<String, Verdict>();
    crashes.parallelStream()
        .forEach(
            crash -> {
              var verdict = sweep.run(crash);
              if (!(verdict instanceof Verdict.Agreed)) {
                synchronized (violated) {
                  violated.put(crash.toString(), verdict);
                }
              }
            });

    assertThat(crashes).hasSizeGreaterThan(400);
    assertThat(violated).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyCrashOfTheSweepReallyHappens(String engine) {
    var sweep = new CrashSweep(engine, 1);

    for (var kind :
        List.of("crash just before a write", "write torn by a crash", "crash just after a write")) {
      var verdict = sweep.run(new CrashSweep.Crash("b", 20, kindOf(kind)));

      assertThat(verdict.tally().marks()).containsEntry(kind, 1L);
    }
  }

  private static CrashKind kindOf(String mark) {
    return mark.contains("before")
        ? CrashKind.BEFORE_WRITE
        : mark.contains("torn") ? CrashKind.TORN_WRITE : CrashKind.AFTER_WRITE;
  }
}
