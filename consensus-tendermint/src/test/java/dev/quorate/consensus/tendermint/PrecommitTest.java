package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.ProposeTest.timeout;
import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** L34-48 and L57-67: from prevotes to precommits. */
final class PrecommitTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("a"), "y");

  @Test
  void locksAndPrecommitsOnAPolkaForTheProposal() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    assertThat(c.prevotes("ab", 0, X).said()).containsExactly("precommit r0 x");
    assertThat(c.state().locked()).hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(X.id()));
    assertThat(c.state().valid()).isEqualTo(c.state().locked());
  }

  @Test
  void exactlyTwoThirdsAreNoPolka() {
    var c = Replica.with(new Validators(3), "c", new TreeMap<>()).work(1);
    var x = block(1, BlockId.NONE, new Validators(3).id("a"), "x3");
    c.propose("a", 0, x).effects();

    assertThat(c.prevotes("a", 0, x).said()).isEmpty();
  }

  @Test
  void aVoteDeliveredTwiceCountsOnce() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    assertThat(c.prevotes("aa", 0, X).said()).isEmpty();
  }

  @Test
  void doesNotPrecommitBeforeItPrevoted() {
    var c = Replica.awake("c");

    assertThat(c.prevotes("abd", 0, X).said()).isEmpty();
    assertThat(c.propose("a", 0, X).said()).containsExactly("prevote r0 x", "precommit r0 x");
  }

  @Test
  void fetchesTheBlockOfAPolkaThatItsProposerShowedToOthersOnly() {
    var c = Replica.awake("c").propose("a", 0, Y).prevotes("abd", 0, X);
    assertThat(c.effects())
        .anyMatch(it -> it instanceof Effect.FetchBlock<?>(var id, _, _) && id.equals(X.id()));

    assertThat(c.step(new Event.BlockArrived<>(X)).said()).containsExactly("precommit r0 x");
  }

  @Test
  void aBodyThatNobodyAskedForIsNotTaken() {
    var c = Replica.awake("c");

    assertThat(c.step(new Event.BlockArrived<>(X)).effects()).isEmpty();
  }

  @Test
  void setsTheValidBlockOnDelayedPrevotesAlsoAfterItsPrecommit() {
    var c = Replica.awake("c").propose("a", 0, X).nilPrevotes("ab", 0).timeout(Step.PREVOTE, 0);
    assertThat(c.said()).containsExactly("prevote r0 x", "precommit r0 nil");

    c.polka("d", 0, X, "abd");

    assertThat(c.said()).isEmpty();
    assertThat(c.state().locked()).isEmpty();
    assertThat(c.state().valid()).hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(X.id()));
  }

  @Test
  void setsTheValidBlockOnADelayedProposal() {
    var c = Replica.awake("c").timeout(Step.PROPOSE, 0).prevotes("abd", 0, X);
    c.timeout(Step.PREVOTE, 0).effects();

    c.propose("a", 0, X);

    assertThat(c.state().valid()).hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(X.id()));
    assertThat(c.state().locked()).isEmpty();
  }

  @Test
  void aPolkaOfAnOlderRoundLocksNothing() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).timeout(Step.PROPOSE, 1).effects();

    d.polka("a", 0, X, "abc").step(new Event.BlockArrived<>(X));

    assertThat(d.said()).isEmpty();
    assertThat(d.state().locked()).isEmpty();
  }

  @Test
  void locksAgainOnANewerPolka() {
    var d = lockedInRound0("d").propose("b", 1, X, 0).prevotes("abc", 1, X);

    assertThat(d.said()).containsExactly("prevote r1 x", "precommit r1 x");
    assertThat(d.state().locked().orElseThrow().round()).isEqualTo(new Round(1));
  }

  @Test
  void anotherBlocksPolkaMovesTheLockAndNilPolkasDoNotReleaseIt() {
    var d = lockedInRound0("d").timeout(Step.PROPOSE, 1).nilPrevotes("abc", 1);
    assertThat(d.said()).containsExactly("prevote r1 nil", "precommit r1 nil");
    assertThat(d.state().locked().orElseThrow().id()).isEqualTo(X.id());
    d.nilPrecommits("abc", 1).timeout(Step.PRECOMMIT, 1).effects();

    d.polka("a", 1, Y, "abc").propose("c", 2, Y, 1).prevotes("abc", 2, Y);

    assertThat(d.said()).containsExactly("prevote r2 y", "precommit r2 y");
    assertThat(d.state().locked().orElseThrow().id()).isEqualTo(Y.id());
  }

  @Test
  void startsTimeoutPrevoteOnceAtAQuorumOfAnyPrevotes() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();
    Effect<TendermintMessage> expected =
        new Effect.StartTimer<>(timeout(Step.PREVOTE, 0), Duration.ofMillis(100));

    assertThat(c.nilPrevotes("a", 0).effects()).noneMatch(expected::equals);
    assertThat(c.prevotes("b", 0, Y).effects()).noneMatch(expected::equals);
  }

  @Test
  void waitsForMorePrevotesWhileABlockCanStillGetAQuorum() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();
    Effect<TendermintMessage> started =
        new Effect.StartTimer<>(timeout(Step.PREVOTE, 0), Duration.ofMillis(100));

    c.nilPrevotes("a", 0);
    assertThat(c.effects()).doesNotContain(started);
    assertThat(c.prevotes("b", 0, X).effects()).contains(started);
    assertThat(c.said()).isEmpty();
    assertThat(c.timeout(Step.PREVOTE, 0).said()).containsExactly("precommit r0 nil");
  }

  @Test
  void precommitsNilAsSoonAsNoBlockCanGetAQuorum() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    assertThat(c.nilPrevotes("a", 0).said()).isEmpty();
    assertThat(c.prevotes("b", 0, Y).said()).containsExactly("precommit r0 nil");
  }

  @Test
  void precommitsNilOnANilPolka() {
    var c = Replica.awake("c").nilPrevotes("abd", 0);
    c.effects();

    assertThat(c.timeout(Step.PROPOSE, 0).said())
        .containsExactly("prevote r0 nil", "precommit r0 nil");
  }

  @Test
  void startsTimeoutPrecommitAtAQuorumOfAnyPrecommits() {
    var c = Replica.awake("c");
    Effect<TendermintMessage> expected =
        new Effect.StartTimer<>(timeout(Step.PRECOMMIT, 0), Duration.ofMillis(100));

    assertThat(c.nilPrecommits("ab", 0).effects()).noneMatch(expected::equals);
    assertThat(c.precommits("d", 0, X).effects()).contains(expected);
    assertThat(c.nilPrecommits("c", 0).effects()).noneMatch(expected::equals);
  }

  @Test
  void aQuorumOfAnyPrecommitsMustNotShadowAPendingPolka() {
    var c = Replica.awake("c").nilPrecommits("abd", 0).prevotes("abd", 0, X);
    c.effects();

    assertThat(c.propose("a", 0, X).said()).containsExactly("prevote r0 x", "precommit r0 x");
  }

  @Test
  void timeoutPrecommitEndsTheRound() {
    var c = Replica.awake("c").nilPrecommits("abd", 0);

    assertThat(c.timeout(Step.PRECOMMIT, 0).round()).isEqualTo(1);
  }

  @Test
  void timeoutsOfAnotherHeightRoundOrStepDoNothing() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    c.timeout(Step.PROPOSE, 0).timeout(Step.PREVOTE, 1).timeout(Step.PRECOMMIT, 1);
    c.fire(new Timeout(Step.PREVOTE, new Height(2), Round.ZERO));

    assertThat(c.effects()).isEmpty();
  }

  @Test
  void aTimeoutOfADecidedHeightChangesNothing() {
    var c = Replica.awake("c").propose("a", 0, X).precommits("abd", 0, X);
    c.effects();

    c.fire(timeout(Step.PREVOTE, 0)).fire(timeout(Step.PRECOMMIT, 0));

    assertThat(c.effects()).isEmpty();
  }

  @Test
  void timeoutsAreClearedOnASkip() {
    var c = Replica.awake("c");

    assertThat(c.nilPrevotes("ab", 2).effects())
        .contains(new Effect.CancelTimer<>(timeout(Step.PROPOSE, 0)));
    assertThat(c.fire(timeout(Step.PROPOSE, 0)).said()).isEmpty();
  }

  @Test
  void aPolkaForABlockThatIsInvalidHereStopsTheEngine() {
    var bad = block(1, BlockId.NONE, FOUR.id("a"), "invalid");
    var c = Replica.awake("c").propose("a", 0, bad);

    assertThat(c.prevotes("abd", 0, bad).effects()).anyMatch(Effect.Halt.class::isInstance);
    assertThat(c.prevotes("c", 0, bad).timeout(Step.PREVOTE, 0).effects()).isEmpty();
  }

  private static Replica lockedInRound0(String name) {
    var replica = Replica.awake(name).propose("a", 0, X);
    replica.prevotes("abc", 0, X).nilPrecommits("abc", 0).timeout(Step.PRECOMMIT, 0).effects();
    return replica;
  }
}
