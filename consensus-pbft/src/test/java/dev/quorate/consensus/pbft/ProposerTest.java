package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.pbft.message.PrePrepare;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R6, from the point of view of a, the primary of view 0. */
class ProposerTest {
  private final Replica a = Replica.fresh("a");

  @Test
  void buildsOnNoBlockThatHasLeftTheChain() {
    var four = Validators.FOUR;
    var one = Validators.block(1, BlockId.NONE, four.id("a"), "one");
    var two = Validators.block(2, one.id(), four.id("b"), "two");
    var three = Validators.block(3, two.id(), four.id("b"), "three");
    var agreed = Validators.block(2, one.id(), four.id("b"), "agreed");
    var c = Replica.rotating("c", 2);
    c.propose("a", 0, one).commits("abd", 0, one);
    c.propose("b", 0, two).propose("b", 0, three);

    c.commits("abd", 0, agreed).step(new Event.BlockArrived<>(agreed)).work(1, true);

    var effects = c.effects();
    assertThat(NormalCaseTest.delivered(effects)).containsExactly(1L, 2L);
    assertThat(effects).noneMatch(Effect.BuildBlock.class::isInstance);
  }

  @Test
  void proposesALoneTransactionAtOnceWhenThePipelineIsIdle() {
    a.work(1, false);

    assertThat(a.said()).containsExactly("pre-prepare h1");
  }

  @Test
  void storesAndPersistsInTheStepThatBroadcastsTheProposal() {
    a.work(1, false);

    var effects = a.effects();
    assertThat(effects).anyMatch(Effect.Store.class::isInstance);
    var saved = PbftStateCodec.decode(Replica.lastState(effects).orElseThrow());
    assertThat(saved.prepares()).hasSize(1);
  }

  @Test
  void aBackupNeverProposes() {
    var b = Replica.fresh("b");

    b.work(1_000, true).fire(PbftTimer.BATCH_DELAY);

    assertThat(b.said()).isEmpty();
  }

  @Test
  void withABlockInFlightASmallBatchWaitsForTheDelay() {
    a.work(1, false);
    assertThat(a.said()).containsExactly("pre-prepare h1");

    a.work(5, false);
    assertThat(a.said()).isEmpty();
    prepare(1);
    assertThat(a.said()).containsExactly("commit h1");
    a.fire(PbftTimer.BATCH_DELAY);

    assertThat(a.said()).containsExactly("pre-prepare h2");
  }

  @Test
  void aSmallBatchWaitsUntilTheBlockBeforeIsPrepared() {
    a.work(1, false).work(5, false);
    a.fire(PbftTimer.BATCH_DELAY);
    assertThat(a.said()).containsExactly("pre-prepare h1");

    prepare(1);

    assertThat(a.said()).containsExactly("commit h1", "pre-prepare h2");
  }

  @Test
  void aFullBatchWaitsForNothingButTheWindow() {
    a.work(1_000, true).work(1_000, true).work(1_000, true).work(1_000, true);

    a.work(1_000, true);

    assertThat(a.said())
        .containsExactly("pre-prepare h1", "pre-prepare h2", "pre-prepare h3", "pre-prepare h4");
  }

  @Test
  void proposesNothingWhenThereIsNothing() {
    a.work(0, false).fire(PbftTimer.BATCH_DELAY);

    assertThat(a.said()).isEmpty();
  }

  @Test
  void aStaleBuildTicketIsDropped() {
    a.effects();
    var engine = a.engine();
    engine.step(new Event.WorkPending<>(new Work(1, false, 1)));

    var stale = engine.step(new Event.BlockBuilt<>(99, Optional.of(block())));

    assertThat(stale).isEmpty();
  }

  @Test
  void goesOnWhenABlockIsDelivered() {
    a.work(1_000, true).work(1_000, true).work(1_000, true).work(1_000, true);
    var first = ((PrePrepare) a.broadcasts().getFirst()).block();
    a.prepares("bc", 0, first).effects();

    a.commits("bc", 0, first);

    assertThat(a.said()).containsExactly("pre-prepare h5");
  }

  /** b and c PREPARE what a proposed at a height. */
  private void prepare(long height) {
    a.prepares("bc", 0, a.proposalAt(height));
  }

  private static Block block() {
    return NormalCaseTest.chain("stale", 1).getFirst();
  }
}
