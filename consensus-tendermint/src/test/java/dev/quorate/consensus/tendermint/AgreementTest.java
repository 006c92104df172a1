package dev.quorate.consensus.tendermint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four correct replicas on a bad network decide one chain. */
final class AgreementTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void decideOneChainWhateverTheOrderOfMessages(long seed) {
    var replicas = new FourReplicas(seed, 0).run(Duration.ofSeconds(3));

    assertOneChain(replicas, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void goOnThoughEveryFifthMessageIsLost(long seed) {
    var replicas = new FourReplicas(seed, 0.2).run(Duration.ofSeconds(30));

    assertOneChain(replicas, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void goOnThoughEachOfThemIsKilledAndStartedAgain(long seed) {
    var replicas = new FourReplicas(seed, 0.02);

    for (int round = 0; round < 12; round++) {
      var name = NAMES.get(round % 4);
      replicas.run(Duration.ofMillis(700)).kill(name);
      replicas.run(Duration.ofMillis(150L * round)).start(name);
    }
    replicas.run(Duration.ofSeconds(5));

    assertOneChain(replicas, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void theLossOfOneCostsARoundWhenItsTurnComes(long seed) {
    var replicas = new FourReplicas(seed, 0).run(Duration.ofSeconds(1)).kill("a");
    int before = replicas.deliveredBy("b").size();

    replicas.run(Duration.ofSeconds(5));
    assertThat(replicas.deliveredBy("b").size()).isGreaterThan(before + 20);
    replicas.start("a").run(Duration.ofSeconds(2));

    assertOneChain(replicas, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void allKilledAtOnceGoOnWithTheSameChain(long seed) {
    var replicas = new FourReplicas(seed, 0.05).run(Duration.ofSeconds(1));
    var before = replicas.deliveredBy("b");

    NAMES.forEach(replicas::kill);
    replicas.run(Duration.ofSeconds(60));
    NAMES.forEach(replicas::start);
    replicas.run(Duration.ofSeconds(10));

    assertOneChain(replicas, before.size() + 20);
    assertThat(replicas.deliveredBy("b").subList(0, before.size())).isEqualTo(before);
  }

  /** What d says differs from receiver to receiver; only certificates bring them together. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1807, 4938})
  void aLiarNeitherForksNorStopsTheRest(long seed) {
    var replicas = new FourReplicas(seed, 0.05).letLie().run(Duration.ofSeconds(20));

    assertOneChain(replicas, 40);
  }

  /** Its holder is no proposer before height 4, and nobody passes transactions on here. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 42, 1807})
  void aLoneTransactionIsOrderedAndThenAllSleep(long seed) {
    var replicas = FourReplicas.quiet(seed, 0.1).run(Duration.ofSeconds(5));
    assertThat(replicas.deliveredBy("a")).isEmpty();

    replicas.submit("d").run(Duration.ofSeconds(30));
    var decided = replicas.deliveredBy("a");
    assertThat(decided).filteredOn(it -> !FourReplicas.isEmpty(it)).hasSize(1);
    replicas.run(Duration.ofSeconds(60));

    for (var name : NAMES) {
      assertThat(replicas.deliveredBy(name)).as(name).isEqualTo(decided);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 1807})
  void equalEventsGiveEqualEffects(long seed) {
    var one = new FourReplicas(seed, 0.1).letLie().run(Duration.ofSeconds(5));
    var other = new FourReplicas(seed, 0.1).letLie().run(Duration.ofSeconds(5));

    for (var name : NAMES) {
      assertThat(one.deliveredBy(name)).isNotEmpty().isEqualTo(other.deliveredBy(name));
    }
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
