package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** L49-56: decisions, and the way to rounds that others are in. */
final class DecideTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("b"), "y");
  private static final Block X2 = block(2, X.id(), FOUR.id("b"), "x2");

  @Test
  void decidesOnAQuorumOfPrecommits() {
    var c = Replica.awake("c").propose("a", 0, X).precommits("ab", 0, X);
    assertThat(decided(c)).isEmpty();

    assertThat(decided(c.precommits("d", 0, X))).contains(X);
    assertThat(c.height()).isEqualTo(2);
    assertThat(c.round()).isZero();
  }

  @Test
  void theNextHeightIsOnDiskWithTheDecision() {
    var c = Replica.awake("c").propose("a", 0, X).precommits("abd", 0, X);

    var state = c.state();

    assertThat(state.height().value()).isEqualTo(2);
    assertThat(state.locked()).isEmpty();
    assertThat(state.prevote()).isEmpty();
  }

  @Test
  void decidesOnACommitOfAnEarlierRound() {
    var c = Replica.awake("c").propose("a", 0, X).nilPrecommits("ab", 0).precommits("d", 0, X);
    c.timeout(Step.PRECOMMIT, 0);

    assertThat(decided(c.commit("d", 0, X, "abd"))).contains(X);
  }

  @Test
  void precommitsOfDifferentRoundsMakeNoCommit() {
    var c = Replica.awake("c").propose("a", 0, X).precommits("ab", 0, X).precommits("d", 1, X);

    assertThat(decided(c)).isEmpty();
  }

  @Test
  void skipsToTheRoundOfACommitAndDecidesWhenTheBodyArrives() {
    var c = Replica.awake("c").commit("d", 3, X, "abd");
    assertThat(c.round()).isEqualTo(3);
    assertThat(c.effects()).anyMatch(Effect.FetchBlock.class::isInstance);

    assertThat(decided(c.step(new Event.BlockArrived<>(X)))).contains(X);
  }

  @Test
  void aCertificateCountsAsAWholeAlsoWhereASignersOtherVoteCameFirst() {
    var c = Replica.awake("c").propose("a", 0, X).nilPrecommits("d", 0).precommits("a", 0, X);
    c.effects();

    c.commit("b", 0, X, "abd");

    var effects = c.effects();
    assertThat(effects).anyMatch(Effect.Commit.class::isInstance);
    assertThat(effects)
        .anyMatch(
            it ->
                it instanceof Effect.Accuse<TendermintMessage>(var first, _)
                    && first.validator().equals(FOUR.id("d")));
  }

  @Test
  void aCertificateWithoutAQuorumIsIgnored() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.effects();

    assertThat(c.commit("b", 0, X, "ab").effects())
        .containsExactly(new Effect.Ignored<>(FOUR.id("b"), "certificate without a quorum"));
  }

  @Test
  void aCommitForABlockThatIsInvalidHereStopsTheEngine() {
    var bad = block(1, BlockId.NONE, FOUR.id("a"), "invalid too");
    var c = Replica.awake("c").propose("a", 0, bad);

    assertThat(c.commit("b", 0, bad, "abd").effects()).anyMatch(Effect.Halt.class::isInstance);
  }

  @Test
  void aCommitForAnotherBlockThanTheDecidedOneStopsTheEngine() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");
    c.effects();

    assertThat(c.commit("b", 1, Y, "abd").effects()).anyMatch(Effect.Halt.class::isInstance);
  }

  @Test
  void skipsToARoundInWhichAWeakQuorumIs() {
    var c = Replica.awake("c").nilPrevotes("a", 3);
    assertThat(c.round()).isZero();

    assertThat(c.nilPrevotes("b", 3).round()).isEqualTo(3);
  }

  @Test
  void prevotesAndPrecommitsCountTogetherEachValidatorOnce() {
    var c = Replica.awake("c").nilPrevotes("a", 3).nilPrecommits("a", 3);
    assertThat(c.round()).isZero();

    assertThat(c.nilPrecommits("b", 3).round()).isEqualTo(3);
  }

  @Test
  void whatIsKnownOfTheRoundIsEvaluatedAgainAfterTheSkip() {
    var c = Replica.awake("c").nilPrecommits("abd", 3);

    assertThat(c.effects())
        .anyMatch(
            it ->
                it instanceof Effect.StartTimer<?>(TendermintTimer.Timeout timer, _)
                    && timer.step() == Step.PRECOMMIT
                    && timer.round().value() == 3);
  }

  @Test
  void skipsOnANilPolkaOfAHigherRound() {
    var c = Replica.awake("c").nilPrevotes("abd", 1);

    assertThat(c.round()).isEqualTo(1);
    assertThat(c.timeout(Step.PROPOSE, 1).said())
        .containsExactly("prevote r1 nil", "precommit r1 nil");
  }

  @Test
  void messagesOfTheNextHeightWaitForTheDecision() {
    var c = Replica.awake("c").propose("a", 0, X);
    c.propose("b", 0, X2).prevotes("abd", 0, X2).effects();

    c.precommits("abd", 0, X);

    assertThat(c.said()).containsExactly("prevote r0 x2", "precommit r0 x2");
  }

  @Test
  void aBlockFromAPeersChainIsDecidedToo() {
    var c = Replica.fresh("c");

    c.step(new Event.Synced<>(X, FOUR.certificate(VoteType.COMMIT, 2, X, "abd")));

    assertThat(decided(c)).contains(X);
    assertThat(c.height()).isEqualTo(2);
  }

  @Test
  void aSyncedBlockThatDoesNotFollowIsNotDecided() {
    var c = Replica.fresh("c");

    c.step(new Event.Synced<>(X2, FOUR.certificate(VoteType.COMMIT, 0, X2, "abd")));

    assertThat(decided(c)).isEmpty();
  }

  @Test
  void latePrecommitsOfTheSameRoundFillTheCommitThatTheNextBlockCarries() {
    var b = Replica.awake("b").propose("a", 0, X).precommits("acd", 0, X);
    b.precommits("b", 0, X).effects();

    b.work(1);

    assertThat(lastCommit(b.effects()).orElseThrow().signers()).hasSize(4);
  }

  @Test
  void latePrecommitsOfAnotherRoundDoNot() {
    var b = Replica.awake("b").propose("a", 0, X).commit("a", 0, X, "acd");
    b.precommits("b", 1, X).effects();

    b.work(1);

    assertThat(lastCommit(b.effects()).orElseThrow().signers()).hasSize(3);
  }

  @Test
  void theFirstBlockCarriesNoCommit() {
    var a = Replica.fresh("a").work(1);

    assertThat(lastCommit(a.effects())).isEmpty();
  }

  @Test
  void aValidatorAloneDecidesByItself() {
    var alone = Replica.with(new Validators(1), "a", new TreeMap<>());

    assertThat(decided(alone.work(1))).isPresent();
  }

  private static Optional<Certificate> lastCommit(List<Effect<TendermintMessage>> effects) {
    return effects.stream()
        .filter(Effect.BuildBlock.class::isInstance)
        .map(it -> ((Effect.BuildBlock<TendermintMessage>) it).lastCommit())
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Block> decided(Replica replica) {
    return replica.effects().stream()
        .filter(Effect.Commit.class::isInstance)
        .map(it -> ((Effect.Commit<TendermintMessage>) it).block())
        .findFirst();
  }
}
