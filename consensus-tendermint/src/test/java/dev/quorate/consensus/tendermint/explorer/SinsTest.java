package dev.quorate.consensus.tendermint.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.explorer.Search;
import dev.quorate.explorer.Sin;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The explorer finds what it is there to find, and each of its rules is seen to break. */
final class SinsTest {
  /** Enough for every sin from its seed on, also when the engine has moved on a little. */
  private static final long WITHIN = 20_000;

  static List<Sin> sins() {
    return Sins.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sins")
  void aTraceShowsTheSinAndTheRealEngineKeepsTheRulesInIt(Sin sin) {
    var range = new Search.Range(sin.seed(), WITHIN, Optional.of(sin.rule().name()));

    var found = sin.mutant().load(TendermintSearch.class).run(range.toString());

    assertThat(found).as("a trace that breaks " + sin.rule()).contains(" " + sin.rule() + " ");
    long seed = Long.parseLong(found.substring(0, found.indexOf(' ')));
    assertThat(new TendermintSearch().run(new Search.Range(seed, 1, Optional.empty()).toString()))
        .isEmpty();
  }

  @Test
  void everyRuleIsBrokenBySomeSin() {
    var broken = new HashSet<Enum<?>>();

    Sins.ALL.forEach(sin -> broken.add(sin.rule()));

    assertThat(broken).containsExactlyInAnyOrder(Rule.values());
  }

  /** The table in docs/verification.md: how many traces each sin takes to be found. */
  @Test
  @EnabledIfSystemProperty(named = "quorate.sins.traces", matches = "[0-9]+")
  void searchesForEachSin() {
    long traces = Long.getLong("quorate.sins.traces", 0);

    for (var sin : Sins.ALL) {
      var searches = sin.mutant().load(TendermintSearch.class);
      var any = searches.run(new Search.Range(0, traces, Optional.empty()).toString());
      var worst =
          searches.run(new Search.Range(0, traces, Optional.of(Rule.AGREEMENT.name())).toString());
      System.out.printf("| %s | %s | %s |%n", sin, any, worst);
    }
  }
}
