package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the filter lets in, what is told to those that come back, and how far one stands. */
final class WitnessTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private static final Block Y = block(1, BlockId.NONE, FOUR.id("a"), "y");

  @Test
  void tellsAValidatorAllThatItHasSaid() {
    var c = Replica.awake("c").propose("a", 0, X).prevotes("abd", 0, X).precommits("a", 0, X);

    assertThat(c.engine().heardFrom(FOUR.id("a")))
        .extracting(it -> (Object) it.getClass())
        .containsExactly(Proposal.class, Prevote.class, Precommit.class, CertificateMessage.class);
  }

  @Test
  void tellsOfTheLastCommitToo() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");

    assertThat(c.engine().heardFrom(FOUR.id("a"))).hasSize(1);
    assertThat(c.engine().heardFrom(FOUR.id("c"))).isEmpty();
  }

  @Test
  void theHeightCountsOnceItSpokeThere() {
    var c = Replica.awake("c");
    assertThat(c.engine().standing())
        .isEqualTo(new Standing(new Height(0), new Height(0), Round.ZERO, Round.ZERO));

    c.timeout(Step.PROPOSE, 0);

    assertThat(c.engine().standing().highest()).isEqualTo(new Height(1));
  }

  @Test
  void whatWasForgottenMattersUpToOneHeightAboveWhatOthersReached() {
    var engine = Replica.fresh("c").engine();
    var reported = new Standing(new Height(0), new Height(1), Round.ZERO, Round.ZERO);
    var second = block(2, X.id(), FOUR.id("b"), "second");
    var third = block(3, second.id(), FOUR.id("c"), "third");

    assertThat(engine.isBeyond(FOUR.certificate(VoteType.COMMIT, 0, second, "abd"), reported))
        .isFalse();
    assertThat(engine.isBeyond(FOUR.certificate(VoteType.COMMIT, 0, third, "abd"), reported))
        .isTrue();
  }

  @Test
  void votesOfACompleteTallyAreNotWorthVerifying() {
    var c = Replica.awake("c").propose("a", 0, X).prevotes("ab", 0, X);
    var fourth = Validators.vote(VoteType.PREPARE, 0, 1, Optional.of(X), FOUR.id("d"));
    var precommit = Validators.vote(VoteType.COMMIT, 0, 1, Optional.of(X), FOUR.id("d"));

    assertThat(c.engine().filter().wants(new Prevote(fourth))).isFalse();
    assertThat(c.engine().filter().wants(new Precommit(precommit))).isTrue();
  }

  @Test
  void aLatePrecommitIsWantedUntilItIsThere() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abc");
    var late = new Precommit(Validators.vote(VoteType.COMMIT, 0, 1, Optional.of(X), FOUR.id("d")));
    assertThat(c.engine().filter().wants(late)).isTrue();

    c.receive("d", late);

    assertThat(c.engine().filter().wants(late)).isFalse();
  }

  @Test
  void aLateVoteThatContradictsTheLastCommitIsWantedAndAccused() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");
    c.effects();
    var nil = new Precommit(Validators.vote(VoteType.COMMIT, 0, 1, Optional.empty(), FOUR.id("d")));

    assertThat(c.engine().filter().wants(nil)).isTrue();
    assertThat(c.receive("d", nil).effects()).anyMatch(Effect.Accuse.class::isInstance);
  }

  @Test
  void ofTheLastHeightsCommitsOnlyWhatIsFullerOrAnotherBlocksIsWanted() {
    var c = Replica.awake("c").propose("a", 0, X).commit("a", 0, X, "abd");
    var filter = c.engine().filter();

    assertThat(filter.wants(commit(X, "abd"))).isFalse();
    assertThat(filter.wants(commit(X, "abc"))).isTrue();
    assertThat(filter.wants(commit(Y, "abd"))).isTrue();
  }

  private static CertificateMessage commit(Block block, String signers) {
    return new CertificateMessage(FOUR.certificate(VoteType.COMMIT, 0, block, signers));
  }

  @Test
  void proposalsAreWantedForThisRoundAndTheNext() {
    var filter = Replica.awake("c").propose("a", 0, X).engine().filter();

    assertThat(filter.wants(proposal("a", 0, X))).isFalse();
    assertThat(filter.wants(proposal("a", 0, Y))).isTrue();
    assertThat(filter.wants(proposal("b", 1, X))).isTrue();
    assertThat(filter.wants(proposal("c", 2, X))).isFalse();
  }

  @Test
  void statusSaysWhereTheEngineStands() {
    var status = Replica.awake("c").propose("a", 0, X).engine().status();

    assertThat(status.roundWord()).isEqualTo("round");
    assertThat(status.leaderWord()).isEqualTo("proposer");
    assertThat(status.leader()).isEqualTo(FOUR.id("a"));
    assertThat(status.inFlight()).isEqualTo(1);
  }

  private static Proposal proposal(String by, int round, Block block) {
    return Proposal.unsigned(block, new Round(round), Optional.empty(), FOUR.id(by));
  }
}
