package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.GENESIS_TIME;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** L11-21: how a round begins. */
final class ProposeTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("b"), "y");

  @Test
  void theProposerProposesAFreshBlockWhereNothingIsValidYet() {
    var a = Replica.fresh("a");

    assertThat(a.work(1).said()).containsExactly("propose r0 own 0", "prevote r0 own 0");
  }

  @Test
  void theProposerStartsNoTimeout() {
    var a = Replica.fresh("a");

    assertThat(a.work(1).effects()).noneMatch(ProposeTest::isProposeTimeout);
  }

  @Test
  void theOthersStartTimeoutPropose() {
    var c = Replica.fresh("c");

    assertThat(c.work(1).effects())
        .contains(new Effect.StartTimer<>(timeout(Step.PROPOSE, 0), Duration.ofMillis(300)));
  }

  @Test
  void timeoutsGrowWithTheRound() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0);

    assertThat(d.effects())
        .contains(new Effect.StartTimer<>(timeout(Step.PROPOSE, 1), Duration.ofMillis(400)));
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitLonger() {
    var c = Replica.awake("c").propose("a", 0, X).at(GENESIS_TIME.minus(Duration.ofDays(1)));
    c.commit("a", 0, X, "abd").work(0).effects();

    assertThat(c.work(1).effects())
        .contains(
            new Effect.StartTimer<>(
                new Timeout(Step.PROPOSE, new Height(2), Round.ZERO), Duration.ofMillis(300)));
  }

  @Test
  void theProposerOfALaterRoundProposesABlockWhosePolkaItHeardOfTooLate() {
    var b = Replica.inRound("b", 4).polka("a", 0, X, "acd").step(new Event.BlockArrived<>(X));
    b.said();

    b.nilPrecommits("acd", 4).timeout(Step.PRECOMMIT, 4);

    assertThat(b.round()).isEqualTo(5);
    assertThat(b.said()).contains("propose r5 valid r0 x", "prevote r5 x");
  }

  @Test
  void ofPolkasThatItHeardOfTooLateTheLastRoundCounts() {
    var b = Replica.inRound("b", 4).polka("a", 2, Y, "acd").step(new Event.BlockArrived<>(Y));

    b.polka("a", 0, X, "acd").step(new Event.BlockArrived<>(X));
    assertThat(validRound(b)).isEqualTo(2);

    b.polka("a", 3, X, "acd").step(new Event.BlockArrived<>(X));
    assertThat(validRound(b)).isEqualTo(3);
  }

  @Test
  void aPolkaWhoseBlockIsNotHereHidesNoEarlierOne() {
    var b = Replica.inRound("b", 4).polka("a", 2, Y, "acd");

    b.polka("a", 0, X, "acd").step(new Event.BlockArrived<>(X));
    assertThat(validRound(b)).isEqualTo(0);

    b.step(new Event.BlockArrived<>(Y));
    assertThat(validRound(b)).isEqualTo(2);
  }

  private static int validRound(Replica replica) {
    return replica.state().valid().orElseThrow().round().value();
  }

  @Test
  void theProposerOfALaterRoundProposesTheValidBlockWithThePolkaThatMadeItValid() {
    var b = Replica.awake("b").propose("a", 0, X).prevotes("acd", 0, X);
    b.nilPrecommits("acd", 0).timeout(Step.PRECOMMIT, 0);

    var effects = b.effects();
    assertThat(b.round()).isEqualTo(1);
    assertThat(effects)
        .filteredOn(Effect.Broadcast.class::isInstance)
        .extracting(it -> ((Effect.Broadcast<?>) it).message())
        .anySatisfy(
            it ->
                assertThat(it)
                    .isInstanceOfSatisfying(
                        CertificateMessage.class,
                        polka -> assertThat(polka.certificate().round()).isEqualTo(Round.ZERO)));
    assertThat(b.timeout(Step.PROPOSE, 0).state().proposal())
        .hasValueSatisfying(
            it -> {
              assertThat(it.value().id()).isEqualTo(X.id());
              assertThat(it.validRound()).contains(Round.ZERO);
            });
  }

  @Test
  void neverAsksForASecondBlockInARoundInWhichItHasProposedOne() {
    var a = Replica.awake("a");

    a.work(7).prevotes("b", 0, Y).receive("c", new CertificateMessage(certificate()));

    assertThat(a.effects()).noneMatch(Effect.BuildBlock.class::isInstance);
  }

  @Test
  void aStaleAnswerIsDropped() {
    var b =
        Replica.awake("b").timeout(Step.PROPOSE, 0).nilPrevotes("acd", 0).nilPrecommits("acd", 0);
    b.timeout(Step.PRECOMMIT, 0).effects();

    b.step(new Event.BlockBuilt<>(1, Optional.of(Y)));

    assertThat(b.said()).isEmpty();
  }

  @Test
  void proposersTakeTurnsByHeightAndRound() {
    var proposers = Proposers.atGenesis(FOUR.set(), new Height(1));

    assertThat(
            IntStream.range(0, 5)
                .mapToObj(round -> FOUR.nameOf(proposers.of(new Round(round))))
                .toList())
        .containsExactly("a", "b", "c", "d", "a");
    assertThat(FOUR.nameOf(proposers.movedTo(new Height(2)).of(Round.ZERO))).isEqualTo("b");
    assertThat(FOUR.nameOf(proposers.movedTo(new Height(7)).of(new Round(1)))).isEqualTo("d");
  }

  private static Certificate certificate() {
    return FOUR.certificate(VoteType.PREPARE, 0, X, "bcd");
  }

  private static boolean isProposeTimeout(Effect<?> effect) {
    return effect instanceof Effect.StartTimer<?>(Timeout timer, _) && timer.step() == Step.PROPOSE;
  }

  static Timeout timeout(Step step, int round) {
    return new Timeout(step, new Height(1), new Round(round));
  }
}
