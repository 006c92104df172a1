package dev.quorate.replica.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R8a: the transaction old waits from T on, with T_complain 1,000 ms and T_forward 200 ms. */
class StarvationTest {
  private static final Instant T = Members.GENESIS_TIME.plusSeconds(60);
  private static final Limits LIMITS = new Limits(4_096, 16_384, 100, 3);
  private static final Round VIEW = new Round(7);

  private final Mempool pool = new Mempool(LIMITS, 100, 100_000);
  private final Starvation starvation =
      new Starvation(pool, LIMITS, Duration.ofMillis(1_000), Duration.ofMillis(200));
  private final Transaction old = Members.transaction("old");
  private ChainState tip = ChainState.genesis(Members.genesis(4, Map.of(), LIMITS));

  StarvationTest() {
    starvation.inRound(VIEW, true, T.minusSeconds(10));
    pool.admit(old, Origin.CLIENT, T, false);
  }

  @Test
  void starvesWhenNothingBecomesFinal() {
    assertThat(starvation.nextDeadline()).isEqualTo(at(1_000));
    assertThat(starvedAt(999)).isEmpty();

    assertThat(starvedAt(1_000)).contains(new Work.Starved(old.id(), VIEW));
  }

  @Test
  void starvesWhenABlockHadRoomForIt() {
    small("a", 500, "x");
    small("a", 600, "y");

    assertThat(starvedAt(1_000)).isPresent();
  }

  @Test
  void starvesLaterWhenTheBlockWithRoomComesLater() {
    full("a", 500, 'x');
    assertThat(starvedAt(1_000)).isEmpty();
    small("a", 1_100, "x");

    small("a", 1_200, "y");

    assertThat(starvedAt(1_200)).isPresent();
  }

  @Test
  void fullBlocksAreNoReason() {
    for (int i = 0; i < 9; i++) {
      full("a", 100 + 100 * i, (char) ('p' + i));
    }

    assertThat(starvedAt(1_000)).isEmpty();
  }

  @Test
  void aBlockBeforeATransactionThatDidNotFitCountsAsFull() {
    small("a", 500, "x");
    small("a", 600, "y".repeat(100));
    full("a", 700, 'z');

    assertThat(starvedAt(1_000)).isEmpty();
  }

  @Test
  void aBlockBeforeAnotherLeadersSaysNothing() {
    small("a", 500, "x");
    small("b", 600, "y");
    small("c", 700, "z");

    assertThat(starvedAt(1_000)).isEmpty();
  }

  @Test
  void whatBecameFinalBeforeTheLeaderCouldKnowItSaysNothing() {
    small("a", 199, "x");
    full("a", 600, 'y');

    assertThat(starvedAt(1_000)).isEmpty();
  }

  @Test
  void starvesWhenAClientsMuchYoungerTransactionIsPreferredInFullBlocks() {
    var young = Members.transaction("young");
    pool.admit(young, Origin.CLIENT, at(300), false);
    full("a", 500, 'x');

    pool.remove(List.of(young));

    assertThat(starvedAt(1_000)).isPresent();
  }

  @Test
  void aTransactionThatAPeerPassedOnMayBeOlderThanItLooks() {
    var passed = Members.transaction("passed on");
    pool.admit(passed, Origin.PEER, at(300), false);
    full("a", 500, 'x');

    pool.remove(List.of(passed));

    assertThat(starvedAt(1_000)).isEmpty();
  }

  @Test
  void ageIsNotCarriedOverAChangeOfTheRound() {
    assertThat(starvedAt(1_000)).isPresent();

    starvation.inRound(new Round(8), false, at(1_001));
    assertThat(starvedAt(1_500)).isEmpty();
    starvation.inRound(new Round(8), true, at(1_600));

    assertThat(starvedAt(2_599)).isEmpty();
    assertThat(starvedAt(2_600)).contains(new Work.Starved(old.id(), new Round(8)));
  }

  @Test
  void whatStandsInABlockOnItsWayDoesNotStarve() {
    pool.propose(List.of(old));

    assertThat(starvedAt(5_000)).isEmpty();
    assertThat(starvation.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void oldBlocksThatAreCaughtUpWithSayNothing() {
    full("a", 500, 'x');
    starvation.caughtUp(new Height(2));
    small("a", 600, "y");
    small("a", 600, "z");

    assertThat(starvedAt(1_000)).isEmpty();
  }

  private Optional<Work.Starved> starvedAt(int millis) {
    return starvation.work(at(millis)).starved();
  }

  private void full(String proposer, int millis, char fill) {
    var transactions = Members.transactions(String.valueOf(fill), 3);
    starvation.delivered(block(proposer, transactions), at(millis));
  }

  private void small(String proposer, int millis, String content) {
    var transactions = List.of(Members.transaction(content));
    starvation.delivered(block(proposer, transactions), at(millis));
  }

  private LedgerBlock block(String proposer, List<Transaction> transactions) {
    var rules =
        new BlockRules(Members.genesis(4, Map.of(), LIMITS), Members.SHAPE, Ed25519.INSTANCE);
    var block = rules.build(tip, T, Members.id(proposer), transactions);
    tip = tip.after(block);
    return block;
  }

  private static Instant at(int millis) {
    return T.plusMillis(millis);
  }
}
