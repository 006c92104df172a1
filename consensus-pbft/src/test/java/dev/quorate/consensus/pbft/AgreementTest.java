package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four correct replicas on a bad network deliver one chain. */
class AgreementTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999, 4938})
  void deliverOneChainWhateverTheOrderOfMessages(long seed) {
    var replicas = new FourReplicas(seed, 0).run(6_000);

    assertOneChain(replicas, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999, 4938})
  void goOnThoughEveryFifthMessageIsLost(long seed) {
    var replicas = new FourReplicas(seed, 0.2).run(12_000);

    assertOneChain(replicas, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1999, 4938})
  void goOnThoughEachOfThemIsKilledAndStartedAgain(long seed) {
    var replicas = new FourReplicas(seed, 0.05);

    for (int round = 0; round < 40; round++) {
      replicas.run(200).restart(NAMES.get(round % 4));
    }
    replicas.run(4_000);

    assertOneChain(replicas, 60);
  }

  private static void assertOneChain(FourReplicas replicas, int atLeast) {
    var longest =
        NAMES.stream()
            .map(replicas::deliveredBy)
            .max((one, other) -> Integer.compare(one.size(), other.size()))
            .orElseThrow();
    assertThat(longest).hasSizeGreaterThan(atLeast);
    for (var name : NAMES) {
      var delivered = replicas.deliveredBy(name);
      assertThat(delivered).as(name).isEqualTo(longest.subList(0, delivered.size()));
      assertThat(delivered.size()).as(name).isGreaterThan(longest.size() - 60);
    }
  }
}
