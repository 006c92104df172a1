package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.crypto.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is promised stays promised through a crash. */
final class RestartTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("b"), "y");

  private static Replica reborn(String name, Replica before, Block... stored) {
    return Replica.restored(name, before.saved(), List.of(stored));
  }

  @Test
  void repeatsItsPrevoteToTheLetterAndGivesNoOther() {
    var c = reborn("c", Replica.awake("c").timeout(Step.PROPOSE, 0));

    assertThat(c.said()).containsExactly("prevote r0 nil");
    assertThat(c.propose("a", 0, X).said()).isEmpty();
  }

  @Test
  void repeatsItsPrecommitAndKeepsItsLock() {
    var before = Replica.awake("c").propose("a", 0, X).prevotes("abd", 0, X);
    var c = reborn("c", before, X);
    assertThat(c.said()).containsExactly("precommit r0 x");

    c.nilPrecommits("abd", 0).timeout(Step.PRECOMMIT, 0).propose("b", 1, Y);

    assertThat(c.said()).containsExactly("prevote r1 nil");
  }

  @Test
  void keepsThePolkaThatItsOwnProposalNamesUntilItsPrevote() {
    var before = Replica.inRound("b", 4).polka("a", 0, X, "acd").step(new Event.BlockArrived<>(X));
    before.withoutOwnWords().nilPrecommits("acd", 4).timeout(Step.PRECOMMIT, 4);
    assertThat(before.said()).contains("propose r5 valid r0 x");
    before.polka("d", 3, Y, "acd").step(new Event.BlockArrived<>(Y));

    var b = reborn("b", before, X, Y);
    assertThat(b.said()).contains("propose r5 valid r0 x", "prevote r5 x");

    b.polka("d", 3, Y, "acd");
    assertThat(b.state().valid().orElseThrow().id()).isEqualTo(Y.id());
  }

  @Test
  void votesOfEarlierRoundsGoOutOnlyWithTheSignatureThatTheyHave() {
    var before = Replica.awake("d").timeout(Step.PROPOSE, 0).nilPrevotes("ab", 0);
    before.nilPrecommits("abc", 0).timeout(Step.PRECOMMIT, 0).timeout(Step.PROPOSE, 1);

    var d = reborn("d", before);

    assertThat(d.round()).isEqualTo(1);
    assertThat(d.said()).containsExactly("prevote r1 nil");
  }

  @Test
  void proposesTheValidBlockAgainAlsoAfterARestart() {
    var before = Replica.awake("b").propose("a", 0, X).prevotes("acd", 0, X);
    var b = reborn("b", before, X).nilPrecommits("acd", 0);
    b.effects();

    b.timeout(Step.PRECOMMIT, 0);

    assertThat(b.said()).containsExactly("propose r1 valid r0 x", "prevote r1 x");
  }

  @Test
  void neverAsksForANewBlockWhereItHasProposedOne() {
    var before = Replica.awake("a");
    var own = before.state().proposal().orElseThrow().value().id();
    var stored = stored(Replica.fresh("a").work(1));

    var a = reborn("a", before, stored);

    assertThat(stored.id()).isEqualTo(own);
    var effects = a.work(3).effects();
    assertThat(effects).noneMatch(Effect.BuildBlock.class::isInstance);
    assertThat(effects)
        .anyMatch(
            it ->
                it instanceof Effect.Broadcast<?>(Proposal again) && again.block().equals(stored));
  }

  @Test
  void isInTheRoundThatItHadEnteredAndTellsOthersHow() {
    var before = Replica.awake("c").nilPrecommits("abd", 0).timeout(Step.PRECOMMIT, 0);

    var c = reborn("c", before);

    assertThat(c.round()).isEqualTo(1);
    assertThat(c.effects()).anyMatch(it -> it instanceof Effect.Broadcast<?>(Justification _));
  }

  @Test
  void whatWasPromisedBelowADecidedHeightBindsNoMore() {
    var before = Replica.awake("c").propose("a", 0, X).prevotes("abd", 0, X);
    var tip = new Restored.Tip(X.height(), X.id(), X.time());
    var commit = FOUR.certificate(VoteType.COMMIT, 0, X, "abd");

    var c =
        Replica.restored("c", new Restored(before.saved(), tip, Optional.of(commit), List.of()));

    assertThat(c.height()).isEqualTo(2);
    assertThat(c.said()).isEmpty();
    var x2 = block(2, X.id(), FOUR.id("b"), "x2");
    assertThat(c.propose("b", 0, x2).said()).containsExactly("prevote r0 x2");
  }

  @Test
  void aHeightOfManyProposalsIsOnItsWayBeforeAndAfterARestart() {
    var c = Replica.awake("c");
    for (int round = 0; round <= Candidates.KEPT; round++) {
      var proposer = String.valueOf("abcd".charAt(round % 4));
      if (!proposer.equals("c")) {
        c.propose(proposer, round, block(1, BlockId.NONE, FOUR.id(proposer), "in round " + round));
      }
      c.nilPrecommits("abd", round).timeout(Step.PRECOMMIT, round);
    }
    var stored = stored(c);

    assertThat(c.round()).isEqualTo(Candidates.KEPT + 1);
    assertThat(c.engine().status().inFlight()).isEqualTo(1);
    assertThat(reborn("c", c, stored).engine().status().inFlight()).isEqualTo(1);
  }

  @Test
  void theSavedStateIsReadBackAsItWas() {
    var c = Replica.awake("c").propose("a", 0, X).prevotes("abd", 0, X);
    c.nilPrecommits("abd", 0).timeout(Step.PRECOMMIT, 0);

    assertThat(c.state().encode()).isEqualTo(c.saved().orElseThrow());
    assertThat(c.state().polka()).isPresent();
    assertThat(c.state().entry()).isPresent();
  }

  @Test
  void refusesAStateOfAnotherFormatAndADamagedOne() {
    var other = Bytes.wrap(new byte[] {8, 2});
    var damaged = Bytes.utf8("damaged");

    assertThatThrownBy(() -> Replica.restored("c", Optional.of(other), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 2");
    assertThatThrownBy(() -> Replica.restored("c", Optional.of(damaged), List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Block stored(Replica replica) {
    return replica.effects().stream()
        .filter(Effect.Store.class::isInstance)
        .map(it -> ((Effect.Store<?>) it).block())
        .findFirst()
        .orElseThrow();
  }
}
