package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.conveyor.ConveyorState;
import dev.quorate.replica.guard.NumberedState;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aTransactionBecomesFinalOnAllReplicasWhereverItWasHandedIn() {
    var cluster = Cluster.of(4).run(SECOND);

    cluster.member("c").order(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(cluster.agree(1)).isTrue();
    for (var member : cluster.members()) {
      assertThat(member.store().locate(Members.transaction("x").id()))
          .contains(new Location(new Height(1), 0, 0));
      assertThat(member.delivered()).hasSize(1);
    }
  }

  @Test
  void clocksThatAreSetBackStopNobody() {
    var cluster = Cluster.of(4).run(SECOND);
    cluster.members().forEach(it -> it.setClock(Duration.ofHours(1)));
    cluster.member("c").order(Members.transaction("ahead"));
    cluster.run(SECOND);

    cluster.members().forEach(it -> it.setClock(Duration.ZERO));
    cluster.member("c").order(Members.transaction("right again"));
    cluster.run(SECOND);

    assertThat(cluster.agree(2)).isTrue();
    var times = cluster.member("a").delivered().stream().map(it -> it.header().time()).toList();
    assertThat(times.getFirst()).isAfter(cluster.now());
    assertThat(times.getLast()).isAfter(times.getFirst());
  }

  @Test
  void nothingIsSaidBeforeWhatItRestsOnIsOnDisk() {
    var cluster = Cluster.of(4);
    var said = new ArrayList<String>();
    cluster.rule(
        (from, _, frame) -> {
          said.addAll(ballots(from, frame, cluster));
          return true;
        });

    cluster.member("b").order(Members.transactions("x", 3_000));
    cluster.run(SECOND);

    assertThat(said).isNotEmpty().allMatch("durable"::equals);
  }

  /** For each vote in a frame whether its block and the vote itself are on the sender's disk. */
  private static List<String> ballots(Member from, Bytes frame, Cluster cluster) {
    var codec = new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var bytes))
        && codec.decode(bytes) instanceof Decoded.Ok(ConveyorMessage.Ballot(var signed))) {
      var vote = signed.vote();
      var saved = from.store().engineState().map(NumberedState::decode).orElseThrow();
      var state = ConveyorState.decode(saved.state());
      boolean remembered =
          state.votes().stream().anyMatch(it -> it.vote().equals(vote))
              && from.store().undelivered().stream().anyMatch(it -> it.id().equals(vote.blockId()));
      boolean delivered = from.store().heightOf(vote.blockId().hash()).isPresent();
      return List.of(remembered || delivered ? "durable" : "not durable at " + cluster.now());
    }
    return List.of();
  }

  @Test
  void aBlockCostsItsProposerTwoWrites() {
    var alone = Cluster.of(1).run(SECOND).member("a");
    int before = alone.store().writes();

    alone.order(Members.transaction("x"));
    turn(alone);

    assertThat(alone.delivered()).hasSize(1);
    assertThat(alone.store().writes() - before).isEqualTo(2);
  }

  @Test
  void allThatOneTurnWantsDurableIsWrittenTogether() {
    var alone = Cluster.of(1).run(SECOND).member("a");
    int before = alone.store().writes();

    alone.order(Members.transactions("x", 5_000));
    turn(alone);

    assertThat(alone.delivered()).hasSize(5);
    assertThat(alone.store().writes() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void ownVotesComeInByTheDoorOfEverybodys() {
    var alone = Cluster.of(1).member("a");
    var own = new ArrayList<Event<?>>();
    alone
        .replica()
        .observe(
            (event, _) -> {
              if (event instanceof Event.Received<?> received) {
                own.add(received);
                assertThat(received.message().from()).isEqualTo(alone.id());
              }
            });

    alone.order(Members.transaction("x"));
    turn(alone);

    assertThat(own).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void theEngineLearnsThatASignatureWasRefusedAndTheVoteDoesNotLeave() {
    var cluster = Cluster.of(4);
    var a = cluster.member("a");
    a.kill();
    a.guard(Members.guardThatSigned("a", Kind.COMMIT, 1, "other bytes"));
    a.start();

    a.order(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(a.replica().status().condition())
        .isInstanceOfSatisfying(
            Condition.Halted.class,
            it -> assertThat(it.reason()).contains("refused COMMIT at height 1, round 0"));
    assertThat(a.replica().counts().of(Count.SIGNATURES_REFUSED)).isEqualTo(1);
    assertThat(a.delivered()).isEmpty();
  }

  @Test
  void aBrokenDiskStopsTheReplicaWithItsCauseAndNothingLeaves() {
    var cluster = Cluster.of(4).run(SECOND);
    var a = cluster.member("a");
    a.store().breakDown();

    a.order(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(a.replica().status().condition())
        .isInstanceOfSatisfying(
            Condition.Failed.class, it -> assertThat(it.cause()).hasMessage("the disk is gone"));
    assertThat(cluster.member("b").delivered()).isEmpty();
    assertThat(a.submit(Members.transaction("y")))
        .isCompletedWithValue(new Submission.Refused(Submission.Reason.STOPPED));
  }

  @Test
  void aClientLearnsWhatBecameOfItsTransaction() {
    var cluster = Cluster.of(4).run(SECOND);
    var b = cluster.member("b");
    var large = Transaction.of(Bytes.wrap(new byte[Limits.DEFAULT.maxTxBytes() + 1]));

    var first = b.submit(Members.transaction("x"));
    var again = b.submit(Members.transaction("x"));
    var mixed =
        b.replica()
            .submitAll(List.of(Transaction.of(Bytes.EMPTY), Members.transaction("y"), large))
            .toCompletableFuture();
    cluster.run(SECOND);
    var late = b.submit(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(first).isCompletedWithValue(Submission.ADMITTED);
    assertThat(again).isCompletedWithValue(Submission.ALREADY_PENDING);
    assertThat(mixed)
        .isCompletedWithValue(
            List.of(
                new Submission.Refused(Submission.Reason.EMPTY),
                Submission.ADMITTED,
                new Submission.Refused(Submission.Reason.TOO_LARGE)));
    assertThat(late)
        .isCompletedWithValue(new Submission.AlreadyCommitted(new Location(new Height(1), 0, 0)));
  }

  @Test
  void whatStillWaitsWhenTheReplicaIsStoppedIsRefused() {
    var a = Cluster.of(4).run(SECOND).member("a");

    var waiting = a.submit(Members.transaction("x"));
    a.replica().stop();

    assertThat(waiting).isCompletedWithValue(new Submission.Refused(Submission.Reason.STOPPED));
    assertThat(a.replica().status().condition()).isInstanceOf(Condition.Stopped.class);
  }

  @Test
  void whatTheLastTurnTookAndDidNotAnswerIsRefusedToo() {
    var a = Cluster.of(4).run(SECOND).member("a");

    var taken = a.submit(Members.transaction("x"));
    a.store().close();
    turn(a);

    assertThat(a.replica().status().condition()).isInstanceOf(Condition.Failed.class);
    assertThat(taken).isCompletedWithValue(new Submission.Refused(Submission.Reason.STOPPED));
  }

  @Test
  void equalSeedsGiveEqualRunsToTheLetter() {
    assertThat(busyMinute(7)).isEqualTo(busyMinute(7)).isNotEqualTo(busyMinute(8));
  }

  private static String busyMinute(long seed) {
    var cluster = new Cluster(Members.genesis(4), ReplicaLimits.DEFAULT, seed);
    for (int i = 0; i < 10; i++) {
      cluster.member("abcd".substring(i % 4, i % 4 + 1)).order(Members.transaction("t" + i));
      cluster.run(Duration.ofMillis(50));
    }
    cluster.member("d").kill();
    cluster.member("b").order(Members.transactions("b", 20));
    cluster.run(SECOND);
    cluster.member("d").start();
    return cluster.run(Duration.ofSeconds(2)).log();
  }

  private static void turn(Member member) {
    member
        .replica()
        .turn(Members.GENESIS_TIME.plusSeconds(120), Members.GENESIS_TIME.plusSeconds(120));
  }
}
