package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** So long that nothing is passed on a second time within a test. */
  private static final Map<String, Long> NEVER_AGAIN = Map.of("t_forward_ms", 60_000L);

  private final List<String> frames = new ArrayList<>();

  @Test
  void theTransactionsOfATurnGoToTheLeaderInOneFrame() {
    var cluster = watched(NEVER_AGAIN);

    cluster.member("c").order(Members.transactions("x", 100));
    cluster.run(SECOND);

    assertThat(frames).containsExactly("c-a 100");
    assertThat(cluster.agree(1)).isTrue();
  }

  @Test
  void whatComesRightAfterAFrameSharesTheNextOne() {
    var cluster = watched(NEVER_AGAIN);
    var all = Members.transactions("x", 10);

    for (var transaction : all) {
      cluster.member("c").order(transaction);
      cluster.run(Duration.ofNanos(50_000));
    }
    cluster.run(SECOND);

    assertThat(frames).containsExactly("c-a 1", "c-a 9");
    assertThat(cluster.member("b").delivered())
        .flatExtracting(it -> it.transactions())
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void theLeaderKeepsItsTransactionsToItself() {
    var cluster = watched(Map.of());

    cluster.member("a").order(Members.transactions("x", 100));
    cluster.run(SECOND);

    assertThat(frames).isEmpty();
  }

  @Test
  void whatStandsInNoBlockInTimeGoesToEverybody() {
    var cluster = watched(Map.of());
    cluster.rule((_, to, frame) -> !(to.name().equals("a") && transactions(frame) > 0));

    cluster.member("c").order(Members.transactions("x", 2));
    cluster.run(Duration.ofMillis(195));
    assertThat(frames).containsExactly("c-a 2");
    cluster.run(Duration.ofMillis(20));
    assertThat(frames).containsExactly("c-a 2", "c-a 2", "c-b 2", "c-d 2");
    cluster.run(Duration.ofMillis(200));

    assertThat(frames).hasSizeGreaterThanOrEqualTo(7);
    assertThat(cluster.member("b").replica().counts().of(Count.PEER_TRANSACTIONS_ADMITTED))
        .isEqualTo(2);
  }

  @Test
  void aPeriodsShareIsOneBatch() {
    var cluster = watched(Map.of());
    cluster.rule((_, to, frame) -> !(to.name().equals("a") && transactions(frame) > 0));

    cluster.member("c").order(Members.transactions("x", 2_500));
    cluster.run(Duration.ofMillis(205));

    assertThat(frames).containsExactly("c-a 2500", "c-a 1000", "c-b 1000", "c-d 1000");
  }

  @Test
  void theNextLeaderGetsWhatTheLastOneDidNotOrder() {
    var cluster = watched(NEVER_AGAIN);
    cluster.member("a").kill();

    cluster.member("d").order(Members.transactions("x", 3));
    cluster.run(SECOND.multipliedBy(3));

    assertThat(frames).contains("d-b 3");
    assertThat(cluster.agree(1)).isTrue();
  }

  @Test
  void aLeaderThatComesBackGetsWhatItForgot() {
    var cluster = watched(NEVER_AGAIN);
    cluster.rule((_, _, frame) -> transactions(frame) == 0 || frames.size() > 1);
    cluster.member("c").order(Members.transaction("x"));
    cluster.run(Duration.ofMillis(20));
    cluster.member("a").kill();

    cluster.member("a").start();
    cluster.run(Duration.ofMillis(100));

    assertThat(frames).containsExactly("c-a 1", "c-a 1");
    assertThat(cluster.agree(1)).isTrue();
  }

  @Test
  void aFrameHoldsOneMebibyteOfTransactions() {
    var cluster = watched(NEVER_AGAIN);
    var large = new ArrayList<Transaction>();
    for (int i = 0; i < 3; i++) {
      var bytes = new byte[600_000];
      bytes[0] = (byte) i;
      large.add(Transaction.of(Bytes.wrap(bytes)));
    }

    cluster.member("c").order(large);
    cluster.run(SECOND);

    assertThat(frames).containsExactly("c-a 1", "c-a 1", "c-a 1");
    assertThat(cluster.agree(3)).isTrue();
  }

  @Test
  void transactionsOfAnAbandonedBlockAreOrderedOnceLater() {
    var cluster = watched(Map.of(ConveyorProvider.ABANDON, 1L));
    var end = cluster.now().plusMillis(1_050);
    cluster.rule((_, _, frame) -> !isBallot(frame) || cluster.now().isAfter(end));

    cluster.member("b").order(Members.transactions("x", 5));
    cluster.run(SECOND.multipliedBy(4));

    assertThat(cluster.agree(1)).isTrue();
    for (var member : cluster.members()) {
      assertThat(member.delivered())
          .flatExtracting(it -> it.transactions())
          .containsExactlyInAnyOrderElementsOf(Members.transactions("x", 5));
    }
  }

  @Test
  void whatStandsInAProposalThatComesToNothingGoesToEverybody() {
    var cluster = watched(Map.of("t_complain_ms", 300L));
    cluster.rule((_, _, frame) -> !isBallot(frame));

    cluster.member("c").order(Members.transaction("x"));
    cluster.run(Duration.ofMillis(290));
    assertThat(frames).containsExactly("c-a 1");
    cluster.run(Duration.ofMillis(100));

    assertThat(frames).containsExactly("c-a 1", "c-a 1", "c-b 1", "c-d 1");
  }

  private Cluster watched(Map<String, Long> parameters) {
    var genesis = Members.genesis(4, parameters, Limits.DEFAULT);
    return new Cluster(genesis, ReplicaLimits.DEFAULT, 1).run(SECOND).rule(this::watch);
  }

  private boolean watch(Member from, Member to, Bytes frame) {
    int count = transactions(frame);
    if (count > 0) {
      frames.add(from.name() + "-" + to.name() + " " + count);
    }
    return true;
  }

  private static int transactions(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var list))
        ? list.size()
        : 0;
  }

  private static boolean isBallot(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var bytes))
        && bytes.at(0) == 2;
  }
}
