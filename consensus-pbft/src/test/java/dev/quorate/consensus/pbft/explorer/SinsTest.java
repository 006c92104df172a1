package dev.quorate.consensus.pbft.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The explorer finds what it is there to find: each known sin, by a trace that is known. */
final class SinsTest {
  static Stream<Sins.Sin> sins() {
    return Sins.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sins")
  void aKnownTraceShowsTheSinAndOnlyTheSin(Sins.Sin sin) {
    var trace = new Search.Range(sin.seed(), 1, sin.agreementOnly());

    var found = sin.mutant().load(Search.class).run(trace.toString());

    assertThat(found)
        .as("search anew with -Dquorate.sins.traces=100000")
        .startsWith(sin.seed() + " ");
    assertThat(new Search().run(trace.toString())).isEmpty();
  }

  /** How many traces each sin takes to be found, for docs/verification.md. */
  @Test
  @EnabledIfSystemProperty(named = "quorate.sins.traces", matches = "[0-9]+")
  void searchesForEachSin() {
    long traces = Long.getLong("quorate.sins.traces", 0);
    long first = Long.getLong("quorate.trace.first", 0);
    var byAgreement = new TreeMap<String, String>();
    for (var sin : Sins.ALL) {
      for (boolean agreementOnly : new boolean[] {false, true}) {
        var range = new Search.Range(first, traces, agreementOnly);
        var found = sin.mutant().load(Search.class).run(range.toString());
        byAgreement.put(sin + (agreementOnly ? " | agreement" : " | any rule"), found);
      }
    }
    for (Map.Entry<String, String> line : byAgreement.entrySet()) {
      System.out.println(line.getKey() + " | " + line.getValue());
    }
  }
}
