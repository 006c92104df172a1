package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.replica.Count;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.forgery.BlockFault;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Written;
import dev.quorate.simulator.tendermint.trick.TendermintTricks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios 6, 10, 22 and 40 of Tendermint: validator a says what nobody may believe. The oracles
 * hold the others to one verdict and to progress; here is what they make of the lie.
 */
final class TendermintLiesTest {
  private static final String TENDERMINT = "tendermint";
  private static final Duration RUN = Duration.ofSeconds(6);
  private static final List<String> CORRECT = List.of("b", "c", "d");

  private final Watch watch = new Watch();

  static List<String> blockFaults() {
    return Arrays.stream(BlockFault.values()).map(it -> "proposals with " + it).toList();
  }

  static List<String> commitLies() {
    return named("last commit: ");
  }

  static List<String> certificateLies() {
    return named("certificates: ");
  }

  static List<String> validRoundLies() {
    return named("valid round ");
  }

  @ParameterizedTest
  @MethodSource("blockFaults")
  void aBlockThatIsWrongIsGivenUpWithItsRound(String trick) {
    var sim = played(trick, 1);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.delivered).as(sim.toString()).anyMatch(it -> it.commit().round().value() > 0);
  }

  @ParameterizedTest
  @MethodSource("commitLies")
  void aBlockWhoseCommitOfItsParentProvesNothingIsFoundInvalidByAll(String trick) {
    var sim = played(trick, 1);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    for (var name : CORRECT) {
      assertThat(countOf(sim, name, Count.BLOCKS_INVALID)).as(name).isPositive();
    }
  }

  /** Two of the others are away in turns, so that a proposes in later rounds too. */
  @ParameterizedTest
  @MethodSource("validRoundLies")
  void aValidRoundThatIsNotTrueForksNobodyAndStopsNobody(String trick) {
    for (long seed : new long[] {1, 2, 3}) {
      var told = new ArrayList<Proposal>();
      var sim = played(trick, seed);
      sim.listen(
          it -> {
            if (it instanceof Observation.Sent sent
                && sent.node().equals(sim.id("a"))
                && sim.universe().messageIn(sent.frame()).orElse(null) instanceof Proposal proposal
                && proposal.round().value() > 0) {
              told.add(proposal);
            }
          });
      for (int i = 0; i < 4; i++) {
        var away = CORRECT.get(i % CORRECT.size());
        sim.at(Duration.ofMillis(500 + 1_200 * i), () -> sim.partition(away))
            .at(Duration.ofMillis(1_500 + 1_200 * i), sim::heal);
      }

      assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
      assertThat(told).as("proposals of later rounds in %s", sim).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("certificateLies")
  void aCertificateThatProvesNothingIsNotBelieved(String trick) {
    var sim = played(trick, 1);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    long forged = 0;
    for (var name : CORRECT) {
      forged += countOf(sim, name, Count.MESSAGES_FORGED);
    }
    switch (trick) {
      case "certificates: thin" ->
          assertThat(ignoredReasons()).contains("certificate without a quorum");
      case "certificates: own votes" -> assertThat(forged).isZero();
      default -> assertThat(forged).isPositive();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatNoMessageCanHoldIsMalformedAndNothingElse(long seed) {
    var sim = played("what no message can hold", seed);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    for (var name : CORRECT) {
      assertThat(countOf(sim, name, Count.FRAMES_MALFORMED)).as(name).isGreaterThan(50);
      assertThat(countOf(sim, name, Count.FRAMES_STUMBLED)).as(name).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsSaidInTheNameOfOthersIsForgedAndNamesNobody(long seed) {
    var sim = played("forger", seed);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(countOf(sim, "b", Count.MESSAGES_FORGED)).isGreaterThan(50);
    assertThat(watch.accused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "votes for a block and for nil",
        "two-faced",
        "yes man",
        "early precommitter",
        "polkas for one only",
        "mutator",
        "two proposals for one round"
      })
  void whoSaysTwoThingsIsAccusedAndNobodyElse(String trick) {
    for (long seed : new long[] {1, 2, 3}) {
      var sim = played(trick, seed);

      assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
      assertThat(watch.accused).as(sim.toString()).isSubsetOf(sim.id("a"));
    }
    // Of the others, everybody hears one thing only: they are seen through where words are passed
    // on.
    if (List.of("votes for a block and for nil", "two-faced", "mutator").contains(trick)) {
      assertThat(watch.accused).hasSize(1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whoVotesAgainstItsLockAndTellsAllTheSameForksNobody(long seed) {
    var sim = played("votes against its lock", seed);
    sim.at(Duration.ofSeconds(1), () -> sim.net().weather(it -> it.withLoss(0.2)))
        .at(Duration.ofSeconds(5), sim::heal);

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.accused).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsHeldOfAStormIsBoundedAndTheOthersGoOn(long seed) {
    var state = new int[1];
    var sim = Runs.seeded(TENDERMINT, seed).listen(watch);
    sim.plays("d", TendermintTricks.storm(Duration.ofMillis(2), 4));
    sim.listen(
        it -> {
          if (it instanceof Observation.Wrote(_, var node, _, Written.Records records)
              && !node.equals(idOf("d"))) {
            records.engineState().ifPresent(bytes -> state[0] = Math.max(state[0], bytes.length()));
          }
        });

    assertThat(sim.runFor(RUN))
        .as(sim.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(30));
    // In its own rounds it may be taken for silent; it draws nobody into a later one.
    assertThat(watch.highestView()).isLessThanOrEqualTo(1);
    assertThat(state[0]).isBetween(1, 4_096);
    for (var name : List.of("a", "b", "c")) {
      assertThat(countOf(sim, name, Count.FRAMES_STUMBLED)).isZero();
      assertThat(countOf(sim, name, Count.REQUESTS_SENT)).isLessThan(5_000);
      assertThat(countOf(sim, name, Count.MESSAGES_UNWANTED)).isGreaterThan(1_000);
    }
  }

  /** A proposal is as large as a block may be, and a Status has twenty bytes. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whoBegsWithoutEndIsHelpedOnceABeat(long seed) {
    var sim = Runs.seeded(TENDERMINT, seed).listen(watch);
    sim.plays("d", Runs.trick(TENDERMINT, "beggar"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    for (var name : List.of("a", "b", "c")) {
      long helped =
          watch.steps.stream()
              .filter(it -> it.node().equals(sim.id(name)))
              .flatMap(it -> it.effects().stream())
              .filter(it -> it instanceof Effect.Send<?>(var to, _) && to.equals(sim.id("d")))
              .count();
      // A beat begins with a timer of 250 ms or of a second, and with each height.
      assertThat(helped).as(name).isLessThan(2L * watch.delivered.size());
    }
  }

  private Simulation played(String trick, long seed) {
    var sim = Runs.seeded(TENDERMINT, seed).listen(watch);
    return sim.plays("a", Runs.trick(TENDERMINT, trick));
  }

  private List<String> ignoredReasons() {
    return watch.steps.stream()
        .flatMap(it -> it.effects().stream())
        .filter(it -> it instanceof Effect.Ignored<?>)
        .map(it -> ((Effect.Ignored<?>) it).reason())
        .distinct()
        .toList();
  }

  private static long countOf(Simulation sim, String name, Count count) {
    return sim.node(name).counts().orElseThrow().of(count);
  }

  private static ValidatorId idOf(String name) {
    return ValidatorId.of(Keys.of(name).publicKey());
  }

  private static List<String> named(String beginning) {
    return Casting.repertoire(TENDERMINT).tricks().stream()
        .map(it -> it.get().name())
        .filter(it -> it.startsWith(beginning))
        .toList();
  }
}
