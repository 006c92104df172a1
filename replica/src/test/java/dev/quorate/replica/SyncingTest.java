package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyncingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aReplicaThatWasAwayGetsTheFinalBlocksFromItsPeers() {
    var cluster = Cluster.of(4).run(SECOND);
    var d = cluster.member("d");
    d.kill();
    order(cluster, 300);
    assertThat(cluster.agree(300)).isTrue();

    d.start();
    cluster.run(SECOND.multipliedBy(3));

    assertThat(cluster.agree(300)).isTrue();
    assertThat(d.replica().counts().of(Count.BLOCKS_SYNCED)).isEqualTo(300);
    assertThat(d.replica().status().catchingUp()).isFalse();
    assertThat(d.delivered())
        .extracting(it -> it.height().value())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aPeerThatDoesNotAnswerIsReplacedByAnother() {
    var cluster = Cluster.of(4).run(SECOND);
    var d = cluster.member("d");
    d.kill();
    order(cluster, 5);
    cluster.rule((from, to, frame) -> !(from.name().equals("a") && to == d && isAnswer(frame)));

    d.start();
    cluster.run(SECOND.multipliedBy(5));

    assertThat(cluster.agree(5)).isTrue();
  }

  @Test
  void blocksWithoutAQuorumBehindThemAreNotBelieved() {
    var cluster = Cluster.of(4).run(SECOND);
    var d = cluster.member("d");
    d.kill();
    order(cluster, 3);
    d.start();
    cluster.rule((_, to, frame) -> !(to == d && isAnswer(frame)));
    cluster.run(Duration.ofMillis(200));
    var stored = cluster.member("a").store().block(new Height(1)).orElseThrow();

    for (var liar : Members.names(3)) {
      d.replica().ingress().onFrame(Members.id(liar), forged(stored), cluster.now());
    }
    cluster.run(SECOND);

    assertThat(d.replica().counts().of(Count.ANSWERS_INVALID)).isEqualTo(1);
    assertThat(d.replica().counts().of(Count.ANSWERS_UNASKED)).isEqualTo(2);
    assertThat(d.delivered()).isEmpty();
  }

  @Test
  void anAnswerThatNobodyAskedForIsNotLookedAt() {
    var cluster = Cluster.of(4).run(SECOND);
    order(cluster, 1);
    var stored = cluster.member("a").store().block(new Height(1)).orElseThrow();
    var d = cluster.member("d");

    d.replica().ingress().onFrame(Members.id("a"), forged(stored), cluster.now());

    assertThat(d.replica().counts().of(Count.ANSWERS_UNASKED)).isEqualTo(1);
  }

  @Test
  void oneAnswerAtATimeIsAskedFor() {
    var cluster = Cluster.of(4).run(SECOND);
    var d = cluster.member("d");
    d.kill();
    order(cluster, 50);
    var requests = new AtomicInteger();
    cluster.rule(
        (from, _, frame) -> !(from == d && isRequest(frame)) || requests.incrementAndGet() > 0);
    cluster.rule((_, to, frame) -> !(to == d && isAnswer(frame)));

    d.start();
    cluster.run(SECOND);

    assertThat(requests).hasValue(1);
  }

  @Test
  void aBodyThatNeverCameIsFetchedFromAVoter() {
    var cluster = Cluster.of(4).run(SECOND);
    var d = cluster.member("d");
    cluster.rule((_, to, frame) -> !(to == d && isProposal(frame)));
    cluster.rule((_, to, frame) -> !(to == d && isAnswer(frame)));

    cluster.member("a").order(Members.transaction("x"));
    cluster.run(Duration.ofMillis(50));

    assertThat(cluster.agree(1)).isTrue();
    assertThat(d.replica().counts().of(Count.BLOCKS_SYNCED)).isZero();
  }

  @Test
  void aReplicaContinuesFromItsDisk() {
    var cluster = Cluster.of(4).run(SECOND);
    order(cluster, 3);
    cluster.members().forEach(Member::kill);

    cluster.members().forEach(Member::start);
    order(cluster, 3);

    assertThat(cluster.agree(6)).isTrue();
    for (var member : cluster.members()) {
      assertThat(member.delivered()).hasSize(6);
    }
  }

  @Test
  void aBlockThatWasVotedForBeforeTheCrashBecomesFinalAfterIt() {
    var cluster = Cluster.of(4).run(SECOND);
    cluster.rule(
        (_, _, frame) ->
            !isBallot(frame) || cluster.now().isAfter(Members.GENESIS_TIME.plusSeconds(63)));
    cluster.member("a").order(Members.transaction("x"));
    cluster.run(Duration.ofMillis(50));
    cluster.members().forEach(Member::kill);

    cluster.members().forEach(Member::start);
    cluster.run(SECOND.multipliedBy(3));

    assertThat(cluster.agree(1)).isTrue();
  }

  /** One transaction a block. */
  private static void order(Cluster cluster, int blocks) {
    var a = cluster.member("a");
    int before = a.delivered().size();
    for (int i = 0; i < blocks; i++) {
      a.order(Members.transaction("block " + (before + i)));
      cluster.run(Duration.ofMillis(5));
    }
  }

  private static Bytes forged(StoredBlock stored) {
    var commit = stored.commit();
    var votes = commit.signatures().subList(0, 1);
    var weak =
        new Commit(
            commit.height(),
            commit.round(),
            commit.blockId(),
            List.of(votes.getFirst(), CommitSig.ABSENT, CommitSig.ABSENT, CommitSig.ABSENT));
    return EnvelopeCodec.encode(
        new Envelope.CommittedAnswer(
            commit.height(),
            List.of(new Envelope.FinalBlock(stored.block().encoded(), weak.encode()))));
  }

  private static boolean isAnswer(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.CommittedAnswer _);
  }

  private static boolean isRequest(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.CommittedRequest _);
  }

  private static boolean isProposal(Bytes frame) {
    return startsWith(frame, 1);
  }

  private static boolean isBallot(Bytes frame) {
    return startsWith(frame, 2);
  }

  private static boolean startsWith(Bytes frame, int kind) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var bytes))
        && bytes.at(0) == kind;
  }
}
