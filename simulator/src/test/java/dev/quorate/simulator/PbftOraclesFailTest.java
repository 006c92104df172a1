package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A correct run of PBFT, and then one thing that must never be: the oracle whose rule it is. */
final class PbftOraclesFailTest {
  private static final String O7 = "O7 order of votes";
  private static final String O8 = "O8 new views carry what is committed";
  private static final String O16 = "O16 views are bounded";
  private static final String O20 = "O20 only the faulty are accused";

  private Universe universe = Simulation.seeded(1).universe();
  private ValidatorId b = universe.node("b").id();
  private ValidatorId c = universe.node("c").id();

  private enum TestTimer implements Timer {
    VIEW
  }

  @BeforeEach
  void aCorrectRun() {
    var simulation = Simulation.seeded(1);
    assertThat(simulation.runFor(Duration.ofSeconds(1))).isInstanceOf(Verdict.Agreed.class);
    universe = simulation.universe();
    b = universe.node("b").id();
    c = universe.node("c").id();
  }

  @Test
  void orderOfVotesSeesAnotherBlockForOneHeightOfAView() {
    assertThat(said(prepare(0, 5, id("other")))).contains(O7);
  }

  @Test
  void orderOfVotesSeesAVoteBelowTheViewThatWasLeftFor() {
    assertThat(said(departure(3), prepare(2, 900, id("late")))).contains(O7);
  }

  @Test
  void orderOfVotesSeesAPrepareBelowALaterOne() {
    assertThat(said(prepare(7, 901, id("one")), prepare(7, 900, id("other")))).contains(O7);
  }

  @Test
  void orderOfVotesSeesAPrepareOnAParentThatNobodyCertified() {
    var tip = block(tip());
    var orphan =
        LedgerBlock.of(
            headerOn(tip, id("nobody's")), tip.transactions(), dev.quorate.ledger.Commit.EMPTY);
    var vote = vote(VoteType.PREPARE, 4, orphan.height().value(), orphan.id());
    var proposal =
        new PrePrepare(
            orphan.toBlock(),
            SignedVote.unsigned(
                new Vote(
                    vote.type(),
                    vote.height(),
                    vote.round(),
                    vote.blockId(),
                    orphan.header().time(),
                    b)));
    universe.observe(stepped(new Event.BlockArrived<>(orphan.toBlock()), List.of()));

    assertThat(said(proposal)).contains(O7);
  }

  @Test
  void orderOfVotesSeesACommitWithoutAPreparedCertificateOfItsView() {
    var tip = block(tip());

    assertThat(said(new Commit(unsigned(VoteType.COMMIT, 5, tip.height().value(), tip.id()))))
        .contains(O7);
  }

  @Test
  void carriedCommitsSeesANewViewThatForgetsWhatIsFinal() {
    var empty =
        new NewView(
            new View(1), c, List.of(), Optional.empty(), Optional.empty(), Signature.UNSIGNED);
    DurableState state = () -> Bytes.utf8("state");

    universe.observe(
        stepped(new Event.Started<>(), List.of(new Effect.Persist<>(state), broadcast(empty))));

    assertThat(found()).contains(O8);
  }

  @Test
  void boundedViewsSeesATimerBeyondItsBound() {
    universe.observe(
        stepped(
            new Event.Started<>(),
            List.of(new Effect.StartTimer<>(TestTimer.VIEW, Duration.ofMillis(30_001)))));

    assertThat(found()).contains(O16);
  }

  @Test
  void boundedViewsSeesAHealedCoreThatLeavesGoodPrimariesForEver() {
    var all = new LinkedHashSet<ValidatorId>();
    universe.nodes().forEach(it -> all.add(it.id()));
    universe.heal(all);
    var later = universe.now().plus(Duration.ofHours(1));
    for (int view = 1; view < 7; view++) {
      universe.observe(
          new Observation.Stepped(
              later, b, 1, new Event.Started<PbftMessage>(), List.of(broadcast(departure(view)))));
    }

    assertThat(found()).contains(O16);
  }

  @Test
  void justAccusationsSeesACorrectValidatorAccused() {
    var one = unsigned(VoteType.PREPARE, 0, 1, id("one"));
    var other = unsigned(VoteType.PREPARE, 0, 1, id("other"));

    universe.observe(stepped(new Event.Started<>(), List.of(new Effect.Accuse<>(one, other))));

    assertThat(found()).contains(O20);
  }

  /** b asks for these to be said, and a frame leaves it. */
  private List<String> said(PbftMessage... messages) {
    for (var message : messages) {
      universe.observe(stepped(new Event.Started<>(), List.of(broadcast(message))));
    }
    universe.observe(new Observation.Sent(universe.now(), b, 1, c, Bytes.utf8("frame")));
    return found();
  }

  private Observation stepped(
      Event<PbftMessage> event, List<? extends Effect<PbftMessage>> effects) {
    return new Observation.Stepped(universe.now(), b, 1, event, effects);
  }

  private static Effect<PbftMessage> broadcast(PbftMessage message) {
    return new Effect.Broadcast<>(message);
  }

  private Prepare prepare(int view, long height, BlockId id) {
    return new Prepare(unsigned(VoteType.PREPARE, view, height, id));
  }

  private SignedVote unsigned(VoteType type, int view, long height, BlockId id) {
    return SignedVote.unsigned(vote(type, view, height, id));
  }

  private Vote vote(VoteType type, int view, long height, BlockId id) {
    return new Vote(type, new Height(height), new Round(view), id, Instant.EPOCH, b);
  }

  private ViewChange departure(int view) {
    var claim =
        new Claim(new View(view), b, Optional.empty(), new BlockRef(new Height(0), BlockId.NONE));
    return new ViewChange(
        new SignedClaim(claim, Signature.UNSIGNED), Optional.empty(), Optional.empty());
  }

  private List<String> found() {
    return universe.violations().found().stream().map(Violation::oracle).toList();
  }

  private Height tip() {
    return universe.node("b").chain().tip().orElseThrow().height();
  }

  private LedgerBlock block(Height height) {
    return universe.node("b").chain().block(height).orElseThrow().block();
  }

  private static BlockId id(String text) {
    var hash = Hash.sha256(Bytes.utf8(text));
    return new BlockId(hash, new PartSetHeader(1, hash));
  }

  /** A header one height above a block, on another parent. */
  private static Header headerOn(LedgerBlock block, BlockId parent) {
    var it = block.header();
    return new Header(
        it.blockVersion(),
        it.appVersion(),
        it.chainId(),
        it.height().next(),
        it.time(),
        parent,
        it.lastCommitHash(),
        it.dataHash(),
        it.validatorsHash(),
        it.nextValidatorsHash(),
        it.consensusHash(),
        it.appHash(),
        it.lastResultsHash(),
        it.evidenceHash(),
        it.proposer());
  }
}
