package dev.quorate.replica.pool;

import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the leader passes the transaction over that waits longest here (R8a of {@code
 * docs/consensus-pbft.md}).
 *
 * <p>It is starved when it has waited {@code T_complain} in this round (from its admission, or from
 * the beginning of the round if that is later) and meanwhile either nothing became final, or a
 * block that had room for it, or a transaction that a client handed in here so much later that the
 * leader must have known the older one first. Full blocks are no evidence: they are overload, and a
 * change of the leader would only make it worse.
 *
 * <p>What a leader could not know yet is no evidence either: nothing counts that became final
 * within {@code T_forward} of the beginning, which is when everybody is told again. A block had
 * room when neither it nor it with the first transaction of the same leader's next block fills a
 * batch; so the last block before a large transaction counts as full. Of younger transactions only
 * those of own clients count: what peers pass on may be older than it looks here.
 */
public final class Starvation {
  private final Mempool pool;
  private final Limits limits;
  private final Duration patience;
  private final Duration grace;
  private @Nullable Round round;
  private Instant entered = Instant.MIN;
  private Instant lastFinal = Instant.MIN;
  private Instant lastWithRoom = Instant.MIN;
  private @Nullable Filling before;
  private Instant asked = Instant.MIN;
  private Height caughtUp = new Height(0);

  /** How full a final block was, and when it became final here. */
  private record Filling(
      Height height, ValidatorId proposer, int count, long bytes, long inBlock, Instant at) {}

  /**
   * Nobody starves yet.
   *
   * @param limits say how large a batch is
   * @param patience {@code T_complain}
   * @param grace {@code T_forward}
   */
  public Starvation(Mempool pool, Limits limits, Duration patience, Duration grace) {
    this.pool = pool;
    this.limits = limits;
    this.patience = patience;
    this.grace = grace;
  }

  /** Where the engine stands after a step; what was waited for in another round is forgotten. */
  public void inRound(Round current, boolean active, Instant now) {
    if (!active) {
      round = null;
    } else if (!current.equals(round)) {
      round = current;
      entered = now;
    }
  }

  /** What is final up to here came late from a peer's chain: it says nothing about the leader. */
  public void caughtUp(Height height) {
    caughtUp = height.isAbove(caughtUp) ? height : caughtUp;
  }

  /** A block has become final. */
  public void delivered(LedgerBlock block, Instant now) {
    var transactions = block.transactions();
    int next = transactions.isEmpty() ? 0 : transactions.getFirst().bytes().length();
    var filled = before;
    lastFinal = now;
    before = block.height().isAbove(caughtUp) ? filling(block, transactions, now) : null;
    if (filled != null
        && filled.height().next().equals(block.height())
        && filled.proposer().equals(block.header().proposer())
        && hadRoomFor(filled, next)) {
      lastWithRoom = filled.at();
    }
  }

  /** What the engine is told of the pool. */
  public Work work(Instant now) {
    asked = now;
    var work = pool.work();
    return new Work(work.pickable(), work.batchFull(), work.pending(), starved(now));
  }

  /** When somebody may begin to starve though nothing happens. */
  public Instant nextDeadline() {
    var since = waitingSince();
    if (since == null) {
      return Instant.MAX;
    }
    var due = since.plus(patience);
    return due.isAfter(asked) ? due : Instant.MAX;
  }

  private Optional<Work.Starved> starved(Instant now) {
    var since = waitingSince();
    var oldest = pool.oldestId();
    if (since == null || round == null || oldest == null || now.isBefore(since.plus(patience))) {
      return Optional.empty();
    }
    var known = since.plus(grace);
    boolean passedOver =
        lastFinal.isBefore(since)
            || !lastWithRoom.isBefore(known)
            || !pool.youngestFinal().isBefore(known);
    return passedOver ? Optional.of(new Work.Starved(oldest, round)) : Optional.empty();
  }

  private @Nullable Instant waitingSince() {
    var admitted = pool.oldestPickable();
    if (admitted == null || round == null) {
      return null;
    }
    return admitted.isAfter(entered) ? admitted : entered;
  }

  private static Filling filling(LedgerBlock block, List<Transaction> transactions, Instant now) {
    long bytes = 0;
    long inBlock = 0;
    for (var transaction : transactions) {
      bytes += transaction.bytes().length();
      inBlock += LedgerBlock.sizeInBlock(transaction.bytes().length());
    }
    return new Filling(
        block.height(), block.header().proposer(), transactions.size(), bytes, inBlock, now);
  }

  private boolean hadRoomFor(Filling block, int length) {
    long room = (long) limits.maxBlockBytes() - LedgerBlock.MAX_OVERHEAD;
    return block.count() < limits.batchTransactions()
        && block.bytes() + length <= limits.batchBytes()
        && block.inBlock() + LedgerBlock.sizeInBlock(length) <= room;
  }
}
