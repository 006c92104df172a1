package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.validators.ProposerPriorities;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A correct run of Tendermint, and then what must never be: the oracle whose rule it is sees it.
 */
final class TendermintOraclesFailTest {
  private static final String O6 = "O6 locks";
  private static final String O7 = "O7 order of votes";
  private static final String O8 = "O8 later rounds keep what can be decided";
  private static final String O16 = "O16 rounds are bounded";

  /** Far above what the run decides. */
  private static final Height FAR = new Height(5_000);

  private static final BlockId V = id("v");
  private static final BlockId W = id("w");

  private Universe universe = Simulation.seeded(1).universe();
  private ValidatorId a = universe.node("a").id();
  private ValidatorId b = universe.node("b").id();
  private ValidatorId c = universe.node("c").id();
  private ValidatorId d = universe.node("d").id();

  private record Timeout(Step step, Height height, Round round) implements Timer {}

  @BeforeEach
  void aCorrectRun() {
    var simulation = Simulation.seeded(1).engine("tendermint");
    assertThat(simulation.runFor(Duration.ofSeconds(1))).isInstanceOf(Verdict.Agreed.class);
    universe = simulation.universe();
    a = universe.node("a").id();
    b = universe.node("b").id();
    c = universe.node("c").id();
    d = universe.node("d").id();
  }

  @Test
  void locksSeeAPrevoteAgainstALockThatNoPolkaHasFreed() {
    lock(a, V, 0);

    sign(a, prevote(a, W, 1));

    assertThat(found()).containsExactly(O6);
  }

  @Test
  void locksAllowAPrevoteForABlockThatHadAPolkaSince() {
    lock(a, V, 0);
    polka(W, 1, b, c, d);

    sign(a, prevote(a, W, 2));

    assertThat(found()).isEmpty();
  }

  @Test
  void locksSeeAPolkaThatIsOlderThanTheLock() {
    polka(W, 0, b, c, d);
    lock(a, V, 1);

    sign(a, prevote(a, W, 2));

    assertThat(found()).contains(O6);
  }

  @Test
  void locksHoldAcrossARestart() {
    lock(a, V, 0);
    restart("a");

    sign(a, prevote(a, W, 1));

    assertThat(found()).containsExactly(O6);
  }

  @Test
  void locksSeeAFreshBlockOfAProposerThatHasAValidOne() {
    int round = roundOf(a);
    lock(a, V, 0);

    sign(a, proposal(a, round, Optional.empty()));

    assertThat(found()).containsExactly(O6);
  }

  @Test
  void locksSeeAProposalWhoseValidRoundHadNoPolka() {
    int round = roundOf(a);

    sign(a, proposal(a, round, Optional.of(new Round(0))));

    assertThat(found()).containsExactly(O6);
  }

  @Test
  void orderOfVotesSeesTwoPrevotesOfOneRound() {
    sign(a, prevote(a, V, 3));

    sign(a, prevote(a, W, 3));

    assertThat(found()).containsExactly(O7);
  }

  @Test
  void orderOfVotesSeesAPrecommitWithoutAPolkaOfItsRound() {
    polka(V, 3, b, c, d);

    sign(a, precommit(a, V, 4));

    assertThat(found()).containsExactly(O7);
  }

  @Test
  void orderOfVotesSeesAVoteBelowALaterOne() {
    sign(a, prevote(a, BlockId.NONE, 4));

    sign(a, prevote(a, BlockId.NONE, 3));

    assertThat(found()).containsExactly(O7);
  }

  @Test
  void orderOfVotesSeesAPrevoteAfterThePrecommitOfItsRound() {
    sign(a, precommit(a, BlockId.NONE, 4));

    sign(a, prevote(a, BlockId.NONE, 4));

    assertThat(found()).containsExactly(O7);
  }

  @Test
  void orderOfVotesSeesAProposalInTheRoundOfAnother() {
    int round = roundOf(b);

    sign(a, proposal(a, round, Optional.empty()));

    assertThat(found()).containsExactly(O7);
  }

  @Test
  void orderOfVotesSeesARoundThatNobodyLetItEnter() {
    turn(a, FAR, 2);

    assertThat(found()).contains(O7);
  }

  @Test
  void orderOfVotesSeesAStepBackToAnEarlierRound() {
    sign(b, prevote(b, BlockId.NONE, 2));
    turn(a, FAR, 2);

    turn(a, FAR, 1);

    assertThat(found()).contains(O7);
  }

  @Test
  void laterRoundsKeepWhatCanBeDecidedSeesAnotherPolka() {
    polka(V, 0, a, b, c);
    precommits(V, 0, a, b, c);

    polka(W, 1, b, c, d);

    assertThat(found()).contains(O8);
  }

  @Test
  void laterRoundsKeepWhatCanBeDecidedSeesItAlsoWhenTheDecisionShowsLater() {
    polka(V, 0, a, b, c);
    polka(W, 1, b, c, d);

    precommits(V, 0, a, b, c);

    assertThat(found()).contains(O8);
  }

  @Test
  void laterRoundsKeepWhatCanBeDecidedSeesABlockThatIsDeliveredAgainstAPolka() {
    var chain = universe.node("a").chain();
    var tip = chain.tip().orElseThrow();
    var block = chain.block(tip.height()).orElseThrow().block();
    var commit = chain.commit(tip.height()).orElseThrow();
    for (var voter : List.of(b, c, d)) {
      sign(voter, new Prevote(unsigned(VoteType.PREPARE, tip.height(), 9, W, voter)));
    }

    universe.observe(new Observation.Delivered(universe.now(), a, 1, block, commit));

    assertThat(found()).contains(O8);
  }

  @Test
  void boundedRoundsSeesATimeoutBeyondItsBound() {
    starts(a, Step.PREVOTE, 0, Duration.ofMillis(30_001));

    assertThat(found()).containsExactly(O16);
  }

  @Test
  void boundedRoundsSeesATimeoutThatDoesNotGrow() {
    starts(a, Step.PRECOMMIT, 1, Duration.ofMillis(200));

    starts(a, Step.PRECOMMIT, 2, Duration.ofMillis(200));

    assertThat(found()).containsExactly(O16);
  }

  @Test
  void boundedRoundsSeesAHealedCoreThatLeavesGoodProposersForEver() {
    var all = new LinkedHashSet<ValidatorId>();
    universe.nodes().forEach(it -> all.add(it.id()));
    universe.heal(all);

    for (int round = 0; round < 7; round++) {
      sign(b, prevote(b, BlockId.NONE, round));
      turn(a, FAR, round);
    }

    assertThat(found()).contains(O16);
  }

  private void lock(ValidatorId node, BlockId id, int round) {
    polka(id, round, a, b, c);
    sign(node, precommit(node, id, round));
  }

  private void polka(BlockId id, int round, ValidatorId... voters) {
    for (var voter : voters) {
      sign(voter, prevote(voter, id, round));
    }
  }

  private void precommits(BlockId id, int round, ValidatorId... voters) {
    for (var voter : voters) {
      sign(voter, precommit(voter, id, round));
    }
  }

  /** Its engine asks for it, and its key signs it. */
  private void sign(ValidatorId node, TendermintMessage message) {
    var request = message.signRequests(universe.genesis().chainId()).getFirst();
    var now = universe.now();
    step(node, new Effect.Broadcast<>(message));
    universe.observe(new Observation.Signed(now, node, 1, request.signBytes(), Signature.UNSIGNED));
  }

  private void starts(ValidatorId node, Step step, int round, Duration delay) {
    step(node, new Effect.StartTimer<>(new Timeout(step, FAR, new Round(round)), delay));
  }

  private void step(ValidatorId node, Effect<TendermintMessage> effect) {
    universe.observe(
        new Observation.Stepped(
            universe.now(), node, 1, new Event.Started<TendermintMessage>(), List.of(effect)));
  }

  /** A turn ends long after now, with the engine there. */
  private void turn(ValidatorId node, Height height, int round) {
    var later = universe.now().plus(Duration.ofHours(1));
    universe.observe(new Observation.Turned(later, node, 1, statusAt(node, height, round)));
  }

  private void restart(String name) {
    var node = universe.node(name);
    var status = node.status().orElseThrow();
    universe.observe(new Observation.Started(universe.now(), node.id(), 2, status));
  }

  private ReplicaStatus statusAt(ValidatorId node, Height height, int round) {
    var status = universe.node(node).status().orElseThrow();
    var engine = status.engine();
    return new ReplicaStatus(
        status.condition(),
        new EngineStatus(
            height,
            engine.roundWord(),
            new Round(round),
            engine.leaderWord(),
            engine.leader(),
            true,
            0),
        status.tip(),
        status.tipId(),
        status.tipTime(),
        status.pool(),
        status.poolBytes(),
        status.catchingUp(),
        status.voice(),
        status.connected());
  }

  /** The first round above 0 at that height in which it is a validator's turn. */
  private int roundOf(ValidatorId node) {
    var height = universe.genesis().initialHeight();
    var pick = ProposerPriorities.fresh(universe.genesis().validatorSet()).increment(1);
    while (FAR.isAbove(height)) {
      pick = pick.after().increment(1);
      height = height.next();
    }
    int round = 1;
    while (!pick.after().increment(round).proposer().equals(node)) {
      round++;
    }
    return round;
  }

  private Prevote prevote(ValidatorId node, BlockId id, int round) {
    return new Prevote(unsigned(VoteType.PREPARE, FAR, round, id, node));
  }

  private Precommit precommit(ValidatorId node, BlockId id, int round) {
    return new Precommit(unsigned(VoteType.COMMIT, FAR, round, id, node));
  }

  private static SignedVote unsigned(
      VoteType type, Height height, int round, BlockId id, ValidatorId node) {
    return SignedVote.unsigned(new Vote(type, height, new Round(round), id, Instant.EPOCH, node));
  }

  private Proposal proposal(ValidatorId node, int round, Optional<Round> validRound) {
    var block = new Block(V, FAR, id("parent"), node, Instant.EPOCH, () -> Bytes.utf8("block"));
    return Proposal.unsigned(block, new Round(round), validRound, node);
  }

  private List<String> found() {
    return universe.violations().found().stream().map(Violation::oracle).distinct().toList();
  }

  private static BlockId id(String text) {
    var hash = Hash.sha256(Bytes.utf8(text));
    return new BlockId(hash, new PartSetHeader(1, hash));
  }
}
