package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.ProposeTest.timeout;
import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a height begins, and when empty blocks are made. */
final class SleepTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");

  @Test
  void aHeightSleepsUntilThereIsSomethingToOrder() {
    var c = Replica.fresh("c");

    assertThat(c.effects())
        .containsExactly(new Effect.StartTimer<>(Periodic.STATUS, Duration.ofSeconds(1)));
    assertThat(c.work(0).effects()).isEmpty();
  }

  @Test
  void theFirstTransactionWakesIt() {
    var c = Replica.fresh("c").work(1);

    assertThat(c.effects())
        .contains(
            new Effect.StartTimer<>(timeout(Step.PROPOSE, 0), Duration.ofMillis(300)),
            new Effect.StartTimer<>(Periodic.REBROADCAST, Duration.ofMillis(250)));
  }

  @Test
  void aValidMessageWakesIt() {
    var c = Replica.fresh("c").nilPrevotes("d", 0);

    assertThat(c.effects())
        .contains(new Effect.StartTimer<>(timeout(Step.PROPOSE, 0), Duration.ofMillis(300)));
  }

  @Test
  void aStatusDoesNot() {
    var c = Replica.fresh("c");
    c.effects();

    c.receive("d", new Status(X.height(), timeout(Step.PROPOSE, 0).round(), Step.PROPOSE, false));

    assertThat(c.effects()).isEmpty();
  }

  @Test
  void theProposerOfAHeightThatOthersHaveBegunBuildsAnEmptyBlock() {
    var a = Replica.fresh("a").nilPrevotes("d", 0);
    assertThat(a.effects())
        .contains(new Effect.StartTimer<>(Periodic.EMPTY_BLOCK, Duration.ofMillis(150)));

    assertThat(a.fire(Periodic.EMPTY_BLOCK).said())
        .containsExactly("propose r0 empty 0", "prevote r0 empty 0");
  }

  @Test
  void theTransactionThatWokeOthersComesInTime() {
    var a = Replica.fresh("a").nilPrevotes("d", 0);

    assertThat(a.work(1).said()).containsExactly("propose r0 own 0", "prevote r0 own 0");
    assertThat(a.fire(Periodic.EMPTY_BLOCK).said()).isEmpty();
  }

  @Test
  void aDecisionEndsTheWaitForAnEmptyBlock() {
    var a = Replica.fresh("a").nilPrevotes("d", 0).propose("a", 0, X).commit("b", 0, X, "bcd");

    assertThat(a.effects()).contains(new Effect.CancelTimer<>(Periodic.EMPTY_BLOCK));
  }

  @Test
  void inLaterRoundsAnEmptyBlockIsProposedAtOnce() {
    var b = Replica.awake("b").work(0).nilPrecommits("acd", 0);
    b.effects();

    assertThat(b.timeout(Step.PRECOMMIT, 0).said())
        .containsExactly("propose r1 empty 0", "prevote r1 empty 0");
  }

  @Test
  void theProposerBuildsNoEmptyBlockForItself() {
    var a = Replica.fresh("a").work(1);
    a.precommits("bcd", 0, X).commit("b", 0, X, "bcd").effects();

    assertThat(a.work(0).said()).isEmpty();
  }

  @Test
  void aHeightThatOnlyTheOwnPoolHasWokenFallsAsleepWhenThePoolEmpties() {
    var c = Replica.awake("c").work(0);

    assertThat(c.effects())
        .contains(
            new Effect.CancelTimer<>(timeout(Step.PROPOSE, 0)),
            new Effect.CancelTimer<>(Periodic.REBROADCAST));
    assertThat(c.timeout(Step.PROPOSE, 0).said()).isEmpty();
  }

  @Test
  void aHeightThatHasBegunRunsToItsDecision() {
    var c = Replica.awake("c").nilPrevotes("d", 0).work(0);

    assertThat(c.timeout(Step.PROPOSE, 0).said()).first().isEqualTo("prevote r0 nil");
  }

  @Test
  void aSleepingNodeSaysEachSecondWhereItIs() {
    var c = Replica.fresh("c");
    c.effects();

    assertThat(c.fire(Periodic.STATUS).effects())
        .filteredOn(Effect.Broadcast.class::isInstance)
        .extracting(it -> ((Effect.Broadcast<?>) it).message())
        .allMatch(Status.class::isInstance)
        .hasSize(1);
  }

  @Test
  void withAnIntervalAnEmptyBlockIsMadeWithoutATransaction() {
    var parameters = new TreeMap<>(Map.of("empty_block_interval_ms", 1_000L));
    var a = Replica.with(FOUR, "a", parameters);
    assertThat(a.effects())
        .contains(new Effect.StartTimer<>(Periodic.EMPTY_BLOCK, Duration.ofSeconds(1)));

    assertThat(a.fire(Periodic.EMPTY_BLOCK).said())
        .containsExactly("propose r0 empty 0", "prevote r0 empty 0");
  }

  @Test
  void aProposerThatCanBuildNothingWaitsLikeEverybodyElse() {
    var a = Replica.fresh("a").withoutBlocks().nilPrevotes("d", 0);
    a.effects();

    assertThat(a.fire(Periodic.EMPTY_BLOCK).effects())
        .anyMatch(it -> it instanceof Effect.StartTimer<?>(Timeout _, _));
  }

  @Test
  void aDecisionPutsTheNextHeightToSleep() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");

    assertThat(c.effects()).contains(new Effect.CancelTimer<>(Periodic.REBROADCAST));
    assertThat(c.fire(Periodic.REBROADCAST).effects()).isEmpty();
  }
}
