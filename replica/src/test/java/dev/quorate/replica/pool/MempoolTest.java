package dev.quorate.replica.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Work;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MempoolTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final Limits LIMITS = new Limits(100, 4_096, 200, 5);

  private final Mempool pool = new Mempool(LIMITS, 100, 2_000);
  private final List<Transaction> ten = Members.transactions("t", 10);

  @Test
  void picksWhatWasAdmittedFirstUpToABatch() {
    admit(ten);

    assertThat(pool.pick(0)).isEqualTo(ten.subList(0, 5));
    assertThat(pool.work()).isEqualTo(new Work(10, true, 10));
  }

  @Test
  void picksNoMoreBytesThanABatchHas() {
    admit(List.of(sized(99, 'a'), sized(99, 'b'), sized(99, 'c')));

    assertThat(pool.pick(0)).hasSize(2);
    assertThat(pool.work().batchFull()).isTrue();
  }

  @Test
  void picksASingleTransactionThatIsLargerThanABatch() {
    var small = new Mempool(new Limits(100, 4_096, 50, 5), 100, 2_000);
    small.admit(sized(90, 'a'), Origin.CLIENT, NOW, false);
    small.admit(sized(1, 'b'), Origin.CLIENT, NOW, false);

    assertThat(small.pick(0)).containsExactly(sized(90, 'a'));
  }

  @Test
  void neverPicksMoreThanABlockCanHold() {
    var tiny = new Mempool(new Limits(2_048, 4_096, 2_048, 65_536), 10_000, 100_000);
    for (int i = 0; i < 2_048; i++) {
      tiny.admit(
          Transaction.of(Bytes.copyOf(new byte[] {(byte) i, (byte) (i >> 8)})),
          Origin.CLIENT,
          NOW,
          false);
    }

    assertThat(tiny.pick(0)).hasSize((4_096 - 1_024) / 4);
  }

  @Test
  void holdsNoMoreTransactionsThanItMay() {
    var small = new Mempool(LIMITS, 2, 2_000);
    small.admit(ten.get(0), Origin.CLIENT, NOW, false);
    small.admit(ten.get(1), Origin.CLIENT, NOW, false);

    assertThat(small.admit(ten.get(2), Origin.CLIENT, NOW, false))
        .isEqualTo(Mempool.Admission.FULL);
    small.remove(ten.subList(0, 1));
    assertThat(small.admit(ten.get(2), Origin.CLIENT, NOW, false))
        .isEqualTo(Mempool.Admission.ADMITTED);
  }

  @Test
  void holdsNoMoreBytesThanItMay() {
    for (int i = 0; i < 20; i++) {
      pool.admit(sized(100, (char) ('a' + i)), Origin.CLIENT, NOW, false);
    }

    assertThat(pool.bytes()).isEqualTo(2_000);
    assertThat(pool.admit(ten.getFirst(), Origin.CLIENT, NOW, false))
        .isEqualTo(Mempool.Admission.FULL);
  }

  @Test
  void admitsATransactionOnce() {
    admit(ten.subList(0, 1));

    assertThat(pool.admit(ten.getFirst(), Origin.CLIENT, NOW, false))
        .isEqualTo(Mempool.Admission.PRESENT);
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void doesNotPickWhatStandsInAProposedBlock() {
    admit(ten);
    pool.propose(ten.subList(1, 3));

    assertThat(pool.pick(0))
        .containsExactly(ten.get(0), ten.get(3), ten.get(4), ten.get(5), ten.get(6));
    assertThat(pool.work()).isEqualTo(new Work(8, true, 10));
  }

  @Test
  void doesNotPickWhatWasProposedBeforeItWasAdmitted() {
    pool.admit(ten.get(0), Origin.CLIENT, NOW, true);
    pool.admit(ten.get(1), Origin.CLIENT, NOW, false);

    assertThat(pool.pick(0)).containsExactly(ten.get(1));
  }

  @Test
  void putsTheTransactionsOfAnAbandonedBlockBackIntoTheirOldPlaces() {
    admit(ten);
    pool.propose(List.of(ten.get(4), ten.get(0), ten.get(2), Members.transaction("foreign")));

    pool.release(List.of(ten.get(2), Members.transaction("foreign"), ten.get(4), ten.get(0)));

    assertThat(pool.pick(0)).isEqualTo(ten.subList(0, 5));
  }

  @Test
  void forgetsWhatIsFinal() {
    admit(ten);
    pool.propose(ten.subList(0, 2));

    pool.remove(ten.subList(0, 4));

    assertThat(pool.pick(0)).isEqualTo(ten.subList(4, 9));
    assertThat(pool.work()).isEqualTo(new Work(6, true, 6));
    assertThat(pool.contains(ten.getFirst().id())).isFalse();
  }

  @Test
  void knowsWhatHasWaitedForLong() {
    pool.admit(ten.get(0), Origin.CLIENT, NOW, false);
    pool.admit(ten.get(1), Origin.CLIENT, NOW.plusMillis(100), false);
    pool.admit(ten.get(2), Origin.CLIENT, NOW.plusMillis(200), false);

    assertThat(pool.waiting(NOW.plusMillis(250), Duration.ofMillis(150), 1_000, 10))
        .containsExactly(ten.get(0), ten.get(1));
    assertThat(pool.waiting(NOW.plusMillis(250), Duration.ZERO, 1_000, 2)).hasSize(2);
    assertThat(pool.waiting(NOW.plusMillis(250), Duration.ZERO, 1, 10)).hasSize(1);
    assertThat(pool.oldestPickable()).isEqualTo(NOW);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42, 1999})
  void behavesLikeAPlainListWhateverHappens(long seed) {
    var random = new Random(seed);
    var big = new Mempool(new Limits(100, 100_000, 50_000, 7), 500, 100_000);
    var admitted = new LinkedHashSet<Transaction>();
    var proposed = new LinkedHashSet<Transaction>();
    for (int i = 0; i < 3_000; i++) {
      var some = some(admitted, random);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          var next = Members.transaction("t" + i);
          if (big.admit(next, Origin.CLIENT, NOW, false) == Mempool.Admission.ADMITTED) {
            admitted.add(next);
          }
        }
        case 2 -> {
          big.propose(some);
          proposed.addAll(some);
        }
        case 3 -> {
          big.release(some);
          some.forEach(proposed::remove);
        }
        default -> {
          big.remove(some);
          some.forEach(admitted::remove);
          some.forEach(proposed::remove);
        }
      }
      var expected = admitted.stream().filter(it -> !proposed.contains(it)).toList();
      assertThat(big.pick(0)).isEqualTo(expected.stream().limit(7).toList());
      assertThat(big.work().pickable()).isEqualTo(expected.size());
      assertThat(big.work().pending()).isEqualTo(admitted.size());
    }
  }

  private static List<Transaction> some(Set<Transaction> of, Random random) {
    var some = new ArrayList<Transaction>();
    for (var transaction : of) {
      if (random.nextInt(10) == 0) {
        some.add(transaction);
      }
    }
    return some;
  }

  private void admit(List<Transaction> transactions) {
    transactions.forEach(it -> pool.admit(it, Origin.CLIENT, NOW, false));
  }

  private static Transaction sized(int length, char fill) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) fill);
    return Transaction.of(Bytes.wrap(bytes));
  }
}
