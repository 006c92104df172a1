package dev.quorate.replica.pool;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes transactions on to whoever proposes next, so that it does not matter which replica a
 * client talks to.
 *
 * <p>What clients handed in goes to the leader at the end of the turn, or, when a frame has just
 * left, {@link #GAP} after it with all that came meanwhile: a lone transaction does not wait, and
 * many do not cost a frame each. When the leader is another one, or can be reached again, it gets
 * what waits here, oldest first, as far as it was not given it in an earlier reign: so leaders may
 * take turns at every height without getting everything at every turn. What still waits after
 * {@code T_forward} goes to everybody, again and again with that period: a leader that drops
 * transactions cannot hide them from the others. A period's share is one batch, because a leader
 * that is merely overloaded must not be loaded further, and what does not fit is next once its
 * elders are ordered. What a peer passed on is not passed on at once, or it would travel in
 * circles.
 */
public final class Forwarder {
  /** The most bytes of transactions in one frame, except for a single larger one. */
  public static final int FRAME_BYTES = 1 << 20;

  /** The most frames that a new leader gets at once. */
  public static final int MAX_BURST = 4;

  /** The least time between two frames of fresh transactions that do not fill a batch. */
  public static final Duration GAP = Duration.ofMillis(1);

  private static final long NOTHING = -1;

  private final ValidatorId self;
  private final Mempool pool;
  private final Network network;
  private final Counts counts;
  private final Duration period;
  private final Limits batch;
  private final List<Transaction> fresh = new ArrayList<>();
  private final Map<ValidatorId, Long> given = new HashMap<>();
  private @Nullable ValidatorId leader;
  private Instant nextRound = Instant.MIN;
  private Instant nextFresh = Instant.MIN;

  /**
   * Nothing is passed on yet.
   *
   * @param period {@code T_forward}
   * @param limits say how large a batch is
   */
  public Forwarder(
      ValidatorId self,
      Mempool pool,
      Network network,
      Counts counts,
      Duration period,
      Limits limits) {
    this.self = self;
    this.pool = pool;
    this.network = network;
    this.counts = counts;
    this.period = period;
    this.batch = limits;
  }

  /** A client's transaction was admitted in this turn. */
  public void admitted(Transaction transaction) {
    fresh.add(transaction);
  }

  /** A peer can be reached again; if it leads, what it missed is repeated. */
  public void connected(ValidatorId peer) {
    given.remove(peer);
    if (peer.equals(leader)) {
      leader = null;
    }
  }

  /**
   * Sends what the turn has left to send.
   *
   * @param currentLeader null while nobody is known to lead, oneself included: then what waits goes
   *     to everybody after {@code T_forward}
   */
  public void endOfTurn(@Nullable ValidatorId currentLeader, Instant now) {
    if (!Objects.equals(currentLeader, leader)) {
      leader = currentLeader;
      forwardAll();
      fresh.clear();
    } else if (!now.isBefore(nextFresh) || fresh.size() >= batch.batchTransactions()) {
      forwardFresh(now);
      fresh.clear();
    }
    if (!now.isBefore(nextRepetition())) {
      forwardAgain(now);
    }
  }

  /** When {@link #endOfTurn} has something to send; {@link Instant#MAX} when nothing waits. */
  public Instant nextDeadline() {
    var repetition = nextRepetition();
    return !fresh.isEmpty() && nextFresh.isBefore(repetition) ? nextFresh : repetition;
  }

  private Instant nextRepetition() {
    var oldest = pool.oldestPickable();
    if (oldest == null || self.equals(leader)) {
      return Instant.MAX;
    }
    var due = oldest.plus(period);
    return due.isAfter(nextRound) ? due : nextRound;
  }

  private void forwardFresh(Instant now) {
    if (fresh.isEmpty() || leader == null || leader.equals(self)) {
      return;
    }
    nextFresh = now.plus(GAP);
    noteFresh(leader);
    for (var batch : batches(fresh, Integer.MAX_VALUE)) {
      if (network.send(leader, frame(batch))) {
        counts.add(Count.TRANSACTIONS_FORWARDED, batch.size());
      }
    }
  }

  /** What follows without a gap on what the leader was given, it need not get in a later reign. */
  private void noteFresh(ValidatorId receiver) {
    long first = pool.numberOf(fresh.getFirst());
    long last = pool.numberOf(fresh.getLast());
    if (first == given.getOrDefault(receiver, NOTHING) + 1 && last - first + 1 == fresh.size()) {
      given.put(receiver, last);
    }
  }

  /** All that waits and fits, oldest first, to a leader that may have none of the newer ones. */
  private void forwardAll() {
    if (leader == null || leader.equals(self)) {
      return;
    }
    var waiting =
        pool.above(
            given.getOrDefault(leader, NOTHING),
            (long) MAX_BURST * FRAME_BYTES,
            MAX_BURST * EnvelopeCodec.MAX_TRANSACTIONS);
    given.put(leader, waiting.last());
    for (var batch : batches(waiting.transactions(), MAX_BURST)) {
      if (network.send(leader, frame(batch))) {
        counts.add(Count.TRANSACTIONS_FORWARDED, batch.size());
      }
    }
  }

  private void forwardAgain(Instant now) {
    nextRound = now.plus(period);
    int bytes = Math.min(FRAME_BYTES, batch.batchBytes());
    int count = Math.min(EnvelopeCodec.MAX_TRANSACTIONS, batch.batchTransactions());
    var waiting = pool.waiting(now, period, bytes, count);
    if (!waiting.isEmpty()) {
      network.broadcast(frame(waiting));
      counts.add(Count.TRANSACTIONS_FORWARDED_AGAIN, waiting.size());
    }
  }

  private static List<List<Transaction>> batches(List<Transaction> all, int max) {
    var batches = new ArrayList<List<Transaction>>();
    int from = 0;
    long size = 0;
    for (int i = 0; i < all.size(); i++) {
      int length = all.get(i).bytes().length();
      boolean full = size + length > FRAME_BYTES || i - from == EnvelopeCodec.MAX_TRANSACTIONS;
      if (full && i > from) {
        batches.add(all.subList(from, i));
        from = i;
        size = 0;
      }
      size += length;
    }
    if (from < all.size()) {
      batches.add(all.subList(from, all.size()));
    }
    return batches.size() > max ? batches.subList(0, max) : batches;
  }

  private static Bytes frame(List<Transaction> transactions) {
    var bytes = new ArrayList<Bytes>(transactions.size());
    for (var transaction : transactions) {
      bytes.add(transaction.bytes());
    }
    return EnvelopeCodec.encode(new Envelope.Transactions(bytes));
  }
}
