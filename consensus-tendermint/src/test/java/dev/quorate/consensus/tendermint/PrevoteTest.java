package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.GENESIS_TIME;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** L22-33: which proposals are prevoted. */
final class PrevoteTest {
  private static final Instant AHEAD = GENESIS_TIME.plus(Duration.ofMinutes(25));
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("b"), "y");
  private static final Block BAD = block(1, BlockId.NONE, FOUR.id("a"), "invalid");

  /** Locked on x in round 0, and now in round 1. */
  private static Replica lockedOnX(String name) {
    var replica = Replica.awake(name).propose("a", 0, X);
    replica.prevotes("abcd".replace(name, ""), 0, X).nilPrecommits("abd", 0);
    replica.timeout(Step.PRECOMMIT, 0).effects();
    return replica;
  }

  @Test
  void prevotesAValidFreshProposal() {
    var c = Replica.awake("c");

    assertThat(c.propose("a", 0, X).said()).containsExactly("prevote r0 x");
  }

  @Test
  void theBodyIsOnDiskBeforeThePrevoteLeaves() {
    var c = Replica.awake("c");

    assertThat(c.propose("a", 0, X).effects()).contains(new Effect.Store<>(X));
    assertThat(c.state().prevote().orElseThrow().vote().blockId()).isEqualTo(X.id());
  }

  @Test
  void prevotesNilAtOnceForAnInvalidProposal() {
    var c = Replica.awake("c");

    assertThat(c.propose("a", 0, BAD).said()).containsExactly("prevote r0 nil");
  }

  @Test
  void aBlockThatDoesNotFollowTheLastDecidedOneIsInvalid() {
    var c = Replica.awake("c");

    c.propose("a", 0, block(1, Y.id(), FOUR.id("a"), "astray"));

    assertThat(c.said()).containsExactly("prevote r0 nil");
  }

  @Test
  void waitsForTheVerdict() {
    var c = Replica.awake("c").withoutChecks();

    assertThat(c.propose("a", 0, X).said()).isEmpty();
    assertThat(c.judge(X).said()).containsExactly("prevote r0 x");
  }

  @Test
  void prevotesOnlyTheFirstProposalOfARound() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    assertThat(c.propose("a", 0, Y).said()).isEmpty();
  }

  @Test
  void onlyTheProposerOfTheRoundIsHeard() {
    var c = Replica.awake("c");

    assertThat(c.propose("b", 0, X).effects())
        .containsExactly(ignored("b", "proposal not signed by the proposer"));
  }

  @Test
  void aProposalOfTheNextRoundIsKeptUntilThen() {
    var c = Replica.awake("c").propose("b", 1, Y).timeout(Step.PROPOSE, 0);
    c.nilPrevotes("abd", 0).nilPrecommits("abd", 0).effects();

    assertThat(c.timeout(Step.PRECOMMIT, 0).said()).containsExactly("prevote r1 y");
  }

  @Test
  void prevotesNilWhenLockedOnAnotherBlock() {
    assertThat(lockedOnX("c").propose("b", 1, Y).said()).containsExactly("prevote r1 nil");
  }

  @Test
  void prevotesNilWhenLockedAndTheProposalIsMissing() {
    assertThat(lockedOnX("c").timeout(Step.PROPOSE, 1).said()).containsExactly("prevote r1 nil");
  }

  @Test
  void prevotesItsLockedBlockAlsoWhereItComesFreshAgain() {
    assertThat(lockedOnX("c").propose("b", 1, X).said()).containsExactly("prevote r1 x");
  }

  @Test
  void aPolkaOlderThanTheLockDoesNotFreeIt() {
    var d = Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).propose("b", 1, X).prevotes("abc", 1, X);
    d.nilPrecommits("abc", 1).timeout(Step.PRECOMMIT, 1).effects();

    d.polka("c", 0, Y, "abc").propose("c", 2, Y, 0);

    assertThat(d.said()).containsExactly("prevote r2 nil");
  }

  @Test
  void aNewerPolkaFreesAnOlderLock() {
    var d = lockedOnX("d").timeout(Step.PROPOSE, 1).prevotes("abc", 1, Y);
    d.nilPrecommits("abc", 1).timeout(Step.PRECOMMIT, 1).effects();

    assertThat(d.propose("c", 2, Y, 1).said()).containsExactly("prevote r2 y");
  }

  @Test
  void thePolkaOfTheVeryRoundOfTheLockIsEnough() {
    var c = lockedOnX("c");

    assertThat(c.propose("b", 1, X, 0).said()).containsExactly("prevote r1 x");
  }

  @Test
  void waitsForThePolkaThatAProposalNames() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).effects();

    assertThat(d.propose("b", 1, X, 0).said()).isEmpty();
    assertThat(d.polka("b", 0, X, "abc").said()).containsExactly("prevote r1 x");
  }

  @Test
  void aPolkaOfAnotherRoundOrForAnotherBlockDoesNotDo() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).effects();

    d.propose("b", 1, X, 0).polka("b", 0, Y, "abc");

    assertThat(d.said()).isEmpty();
  }

  @Test
  void aSecondProposalCountsWhereAPolkaBacksIt() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).withoutChecks().effects();

    d.propose("b", 1, Y).polka("b", 0, X, "abc").propose("b", 1, X, 0).judge(X);

    assertThat(d.said()).containsExactly("prevote r1 x");
  }

  @Test
  void prevotesNilForAFreshBlockOfAnotherTime() {
    var old = Replica.awake("c").at(GENESIS_TIME.plus(Duration.ofMinutes(1)));
    var early = Replica.awake("d");
    var ahead = block(1, BlockId.NONE, FOUR.id("a"), AHEAD, "ahead");

    assertThat(old.propose("a", 0, X).said()).containsExactly("prevote r0 nil");
    assertThat(early.propose("a", 0, ahead).said()).containsExactly("prevote r0 nil");
  }

  @Test
  void prevotesTheEarliestBlockThereCanBeOnAChainThatIsAheadOfItsClock() {
    var first = block(1, BlockId.NONE, FOUR.id("a"), AHEAD, "first");
    var second = block(2, first.id(), FOUR.id("b"), AHEAD.plusMillis(1), "second");
    var c = Replica.awake("c").propose("a", 0, first);
    assertThat(c.said()).containsExactly("prevote r0 nil");

    c.commit("a", 0, first, "abd").propose("b", 0, second);

    assertThat(c.said()).contains("prevote r0 second");
  }

  @Test
  void prevotesNilForWhatRunsFurtherAheadOfItsClockThanItMust() {
    var first = block(1, BlockId.NONE, FOUR.id("a"), AHEAD, "first");
    var second = block(2, first.id(), FOUR.id("b"), AHEAD.plusMillis(2), "second");
    var c = Replica.awake("c").propose("a", 0, first).commit("a", 0, first, "abd");
    c.said();

    c.propose("b", 0, second);

    assertThat(c.said()).contains("prevote r0 nil");
  }

  @Test
  void theBoundsOfATimelyProposalBelongToIt() {
    var late = X.time().plusSeconds(15).plusMillis(505);

    assertThat(Replica.awake("c").at(late).propose("a", 0, X).said())
        .containsExactly("prevote r0 x");
    assertThat(Replica.awake("c").at(late.plusNanos(1)).propose("a", 0, X).said())
        .containsExactly("prevote r0 nil");
  }

  @Test
  void aBlockThatHadAPolkaIsNeverJudgedByTheClock() {
    var d =
        Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("abc", 0).nilPrecommits("abc", 0);
    d.timeout(Step.PRECOMMIT, 0).at(GENESIS_TIME.plus(Duration.ofHours(1))).effects();

    assertThat(d.polka("b", 0, X, "abc").propose("b", 1, X, 0).said())
        .containsExactly("prevote r1 x");
  }

  private static Effect<TendermintMessage> ignored(String from, String reason) {
    return new Effect.Ignored<>(FOUR.id(from), reason);
  }
}
