package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleFrontier;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Condition;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.replica.Submission;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Violation;
import dev.quorate.simulator.oracle.Resumes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A correct run, and then one thing that must never be: the oracle whose rule it is says so. */
final class OraclesFailTest {
  private static final MerkleFrontier HISTORY =
      MerkleFrontier.EMPTY.append(List.of(Hash.sha256(Bytes.utf8("another leaf"))));

  private Universe universe = Simulation.seeded(1).universe();
  private NodeView b = universe.node("b");
  private NodeView c = universe.node("c");

  @BeforeEach
  void aCorrectRun() {
    var simulation = Simulation.seeded(1);
    assertThat(simulation.runFor(Duration.ofSeconds(1))).isInstanceOf(Verdict.Agreed.class);
    universe = simulation.universe();
    b = universe.node("b");
    c = universe.node("c");
  }

  @Test
  void agreementSeesTwoBlocksAtOneHeight() {
    var tip = tip();
    var other = block(stateBefore(tip), transaction("other"));

    assertThat(violatedBy(delivered(c, other))).contains("O1 agreement");
  }

  @Test
  void agreementSeesAnotherTipOnTheDiskOfANodeThatStarts() {
    var status = with(status(c), tip(), id("other"));

    assertThat(violatedBy(new Observation.Started(now(), c.id(), 2, status)))
        .contains("O1 agreement");
  }

  @Test
  void prefixClosedSeesABlockDeliveredTwice() {
    var again = b.chain().block(tip()).orElseThrow().block();

    assertThat(violatedBy(delivered(b, again))).contains("O2 delivered log");
  }

  @Test
  void prefixClosedSeesALogThatShrinks() {
    var lower = tip().previous();
    var id = b.chain().block(lower).orElseThrow().block().id();

    assertThat(violatedBy(new Observation.Started(now(), b.id(), 2, with(status(b), lower, id))))
        .contains("O2 delivered log");
  }

  @Test
  void soundChainSeesABlockThatDoesNotFollow() {
    var parent = stateBefore(tip().next());
    var good = block(parent, transaction("x"));
    var bad = LedgerBlock.of(good.header(), List.of(transaction("y")), Commit.EMPTY);

    assertThat(violatedBy(delivered(b, bad))).contains("O3 sound chain");
  }

  @Test
  void soundChainSeesABlockThatForgetsAPartOfTheHistory() {
    var parent = stateBefore(tip().next());
    var forgetful = new ChainState(parent.height(), parent.id(), parent.time(), HISTORY);

    assertThat(violatedBy(delivered(b, block(forgetful, transaction("x")))))
        .contains("O3 sound chain");
  }

  @Test
  void provenCommitsSeesABlockWithoutACommit() {
    var block = b.chain().block(tip()).orElseThrow().block();
    universe.observe(new Observation.Delivered(now(), b.id(), 1, block, Commit.EMPTY));

    assertThat(found()).contains("O4 proven commits");
  }

  @Test
  void oneSignaturePerSlotSeesTwoVotesForOneSlot() {
    assertThat(violatedBy(vote(id("one")), vote(id("other"))))
        .contains("O5 one signature per slot");
  }

  @Test
  void nothingInventedSeesATransactionOfNobody() {
    assertThat(violatedBy(delivered(b, block(stateBefore(tip().next()), transaction("mine")))))
        .contains("O9 no invented transaction");
  }

  @Test
  void exactlyOnceSeesATransactionTwice() {
    var old = b.chain().block(tip()).orElseThrow().block().transactions().getFirst();

    assertThat(violatedBy(delivered(b, block(stateBefore(tip().next()), old))))
        .contains("O10 exactly once");
  }

  @Test
  void acknowledgedStaysSeesAPlaceThatIsNotTheRightOne() {
    var transaction = b.chain().block(tip()).orElseThrow().block().transactions().getFirst();
    var answer = new Submission.AlreadyCommitted(new Location(new Height(1), 7, 7));

    assertThat(
            violatedBy(
                new Observation.Answered(now(), b.id(), transaction, answer),
                new Observation.Finished(now(), true)))
        .contains("O11 acknowledged stays");
  }

  @Test
  void truthfulStatusSeesATipThatIsNotDurable() {
    var status = with(status(b), tip().next(), id("not there"));

    assertThat(violatedBy(new Observation.Turned(now(), b.id(), 1, status)))
        .contains("O12 truthful status");
  }

  @Test
  void durableBeforeSentSeesAFrameThatLeavesTooEarly() {
    DurableState state = () -> Bytes.utf8("state");

    assertThat(
            violatedBy(
                new Observation.Stepped(
                    now(),
                    b.id(),
                    1,
                    new Event.Started<PbftMessage>(),
                    List.of(new Effect.Persist<PbftMessage>(state))),
                new Observation.Sent(now(), b.id(), 1, c.id(), Bytes.utf8("frame"))))
        .contains("O13 durable before sent");
  }

  @Test
  void durableBeforeSentSeesASignatureThatTheDiskDoesNotHave() {
    var signature = universe.scheme().sign(Keys.of("b"), Bytes.utf8("said"));

    assertThat(
            violatedBy(
                new Observation.Signed(now(), b.id(), 1, Bytes.utf8("said"), signature),
                new Observation.Sent(now(), b.id(), 1, c.id(), Bytes.utf8("frame"))))
        .contains("O13 durable before sent");
  }

  @Test
  void sameAfterRestartSeesAViewThatWasForgotten() {
    var before = inRound(status(b), new Round(3));
    var after = inRound(status(b), new Round(2));

    assertThat(
            violatedBy(
                new Observation.Turned(now(), b.id(), 1, before),
                new Observation.Crashed(now(), b.id(), 1, CrashKind.KILLED),
                new Observation.Started(now(), b.id(), 2, after)))
        .contains("O14 same after restart");
  }

  @Test
  void progressSeesATransactionThatIsNeverFinal() {
    assertThat(
            violatedBy(
                new Observation.Answered(now(), b.id(), transaction("x"), Submission.ADMITTED),
                new Observation.Finished(now(), true)))
        .contains("O15 progress");
  }

  @Test
  void catchesUpSeesANodeThatStaysBehind() {
    var simulation = Simulation.seeded(1);
    simulation.at(Duration.ofMillis(300), () -> simulation.crash("d"));
    simulation.runFor(Duration.ofSeconds(1));
    var all = new LinkedHashSet<>(List.of(simulation.id("a"), simulation.id("d")));
    universe = simulation.universe();
    universe.heal(all);

    assertThat(violatedBy(new Observation.Finished(now(), true))).contains("O17 catches up");
  }

  @Test
  void resumesSeesANetworkThatNeverGoesOnAfterAllWereDown() {
    universe.heal(new LinkedHashSet<>(List.of(b.id(), c.id())));
    universe.simNodes().forEach(it -> it.kill(CrashKind.KILLED));
    universe.node("b").start();
    universe.node("c").start();
    var late = now().plus(Resumes.BOUND).plusSeconds(1);

    assertThat(
            violatedBy(
                new Observation.Answered(now(), b.id(), transaction("x"), Submission.ADMITTED),
                new Observation.Turned(late, b.id(), 2, status(b))))
        .contains("O18 resumes");
  }

  @Test
  void boundedMemorySeesAPoolThatIsTooLarge() {
    var status = status(b);
    var large = 1L << 40;

    assertThat(
            violatedBy(
                new Observation.Turned(
                    now(),
                    b.id(),
                    1,
                    new ReplicaStatus(
                        status.condition(),
                        status.engine(),
                        status.tip(),
                        status.tipId(),
                        status.tipTime(),
                        Work.NONE,
                        large,
                        false,
                        status.voice(),
                        status.connected()))))
        .contains("O21 bounded memory");
  }

  @Test
  void nothingEscapesSeesAnException() {
    var failed = new Condition.Failed(new IllegalStateException("a bug"));

    assertThat(violatedBy(new Observation.Ended(now(), b.id(), 1, failed)))
        .contains("O23 nothing escapes");
  }

  @Test
  void nothingEscapesSeesACorrectNodeThatHalts() {
    var halted = new Condition.Halted("it would be unsafe");

    assertThat(violatedBy(new Observation.Ended(now(), b.id(), 1, halted)))
        .contains("O23 nothing escapes");
  }

  private List<String> violatedBy(Observation... observations) {
    for (var observation : observations) {
      universe.observe(observation);
    }
    return found();
  }

  private List<String> found() {
    return universe.violations().found().stream().map(Violation::oracle).toList();
  }

  private Instant now() {
    return universe.now();
  }

  private Height tip() {
    return b.chain().tip().orElseThrow().height();
  }

  private static ReplicaStatus status(NodeView node) {
    return node.status().orElseThrow();
  }

  private static Transaction transaction(String text) {
    return Transaction.of(Bytes.utf8(text));
  }

  private static BlockId id(String text) {
    return new BlockId(
        Hash.sha256(Bytes.utf8(text)), new PartSetHeader(1, Hash.sha256(Bytes.utf8("parts"))));
  }

  /** The chain just before a height. */
  private ChainState stateBefore(Height height) {
    var state = ChainState.genesis(universe.genesis());
    while (state.height().next().value() < height.value()) {
      state = state.after(b.chain().block(state.height().next()).orElseThrow().block());
    }
    return state;
  }

  private LedgerBlock block(ChainState parent, Transaction transaction) {
    return new BlockRules(universe.genesis(), universe.blockShape(), universe.scheme())
        .build(parent, now(), b.id(), List.of(transaction));
  }

  private Observation delivered(NodeView node, LedgerBlock block) {
    var commit = b.chain().commit(tip()).orElseThrow();
    return new Observation.Delivered(now(), node.id(), 1, block, commit);
  }

  private Observation vote(BlockId id) {
    var vote = new Vote(VoteType.PREPARE, new Height(900), Round.ZERO, id, now(), b.id());
    var codec = new PbftProvider().codec(new LedgerBlockReader(universe.genesis().limits()));
    var unsigned = new Prepare(SignedVote.unsigned(vote));
    var request = unsigned.signRequests(universe.genesis().chainId()).getFirst();
    var signature = universe.scheme().sign(Keys.of("b"), request.signBytes());
    var message = unsigned.withSignatures(List.of(signature));
    var frame = EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
    return new Observation.Sent(now(), b.id(), 1, c.id(), frame);
  }

  private static ReplicaStatus with(ReplicaStatus status, Height tip, BlockId id) {
    return new ReplicaStatus(
        status.condition(),
        status.engine(),
        tip,
        id,
        status.tipTime(),
        status.pool(),
        status.poolBytes(),
        status.catchingUp(),
        status.voice(),
        status.connected());
  }

  private static ReplicaStatus inRound(ReplicaStatus status, Round round) {
    var engine = status.engine();
    return new ReplicaStatus(
        status.condition(),
        new EngineStatus(
            engine.height(),
            engine.roundWord(),
            round,
            engine.leaderWord(),
            engine.leader(),
            engine.active(),
            engine.inFlight()),
        status.tip(),
        status.tipId(),
        status.tipTime(),
        status.pool(),
        status.poolBytes(),
        status.catchingUp(),
        status.voice(),
        status.connected());
  }
}
