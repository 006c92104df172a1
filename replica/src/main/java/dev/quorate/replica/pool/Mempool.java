package dev.quorate.replica.pool;

import dev.quorate.consensus.core.Work;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that are known here and not final, in order of admission.
 *
 * <p>Each is either <em>pickable</em> or <em>proposed</em>, which is to say in a block of the chain
 * that this replica extends above its tip. The pickable ones form a doubly linked list through
 * their entries, so that admitting, proposing and removing one cost the same however many wait, and
 * picking a batch costs as much as the batch is long. Transactions that return from an abandoned
 * block are merged back into their old places.
 *
 * <p>None of them is final: whoever admits one has asked the chain, and what becomes final leaves
 * at once.
 */
public final class Mempool {
  private static final Comparator<Entry> ADMISSION = Comparator.comparingLong(it -> it.sequence);

  private final Limits limits;
  private final int maxTransactions;
  private final long maxBytes;
  private final Map<Hash, Entry> entries = new HashMap<>();
  private @Nullable Entry first;
  private @Nullable Entry last;
  private int pickable;
  private long pickableBytes;
  private long bytes;
  private long admitted;
  private Instant youngestFinal = Instant.MIN;

  /** A transaction with its place among the pickable ones. */
  private static final class Entry {
    final Transaction transaction;
    final Instant admittedAt;
    final long sequence;
    final Origin origin;
    boolean proposed;
    @Nullable Entry before;
    @Nullable Entry after;

    Entry(Transaction transaction, Instant admittedAt, long sequence, Origin origin) {
      this.transaction = transaction;
      this.admittedAt = admittedAt;
      this.sequence = sequence;
      this.origin = origin;
    }
  }

  /** Who handed a transaction in. */
  public enum Origin {
    /** A client, here: the leader was told at once. */
    CLIENT,
    /** A peer, which had it for a while. */
    PEER
  }

  /** What became of a transaction at the pool's door. */
  public enum Admission {
    ADMITTED,
    PRESENT,
    FULL
  }

  /**
   * An empty pool.
   *
   * @param limits say how large a batch is
   */
  public Mempool(Limits limits, int maxTransactions, long maxBytes) {
    this.limits = limits;
    this.maxTransactions = maxTransactions;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a transaction that is not final.
   *
   * @param proposed whether it stands in a block of the chain that this replica extends
   */
  public Admission admit(Transaction transaction, Origin origin, Instant now, boolean proposed) {
    if (entries.containsKey(transaction.id())) {
      return Admission.PRESENT;
    }
    int length = transaction.bytes().length();
    if (entries.size() >= maxTransactions || bytes + length > maxBytes) {
      return Admission.FULL;
    }
    var entry = new Entry(transaction, now, admitted++, origin);
    entries.put(transaction.id(), entry);
    bytes += length;
    entry.proposed = proposed;
    if (!proposed) {
      link(entry, last);
    }
    return Admission.ADMITTED;
  }

  public boolean contains(Hash id) {
    return entries.containsKey(id);
  }

  /**
   * The transactions admitted first that fill a batch: up to the batch's count, and up to its bytes
   * unless the first alone is larger, and never more than a block can hold. They stay where they
   * are until a block with them is {@link #propose proposed}.
   *
   * @param beside bytes of the block that are spoken for: its parent's commit
   */
  public List<Transaction> pick(long beside) {
    var picked = new ArrayList<Transaction>(Math.min(pickable, limits.batchTransactions()));
    long room = limits.maxBlockBytes() - LedgerBlock.MAX_OVERHEAD - beside;
    long size = 0;
    for (var it = first; it != null && picked.size() < limits.batchTransactions(); it = it.after) {
      int length = it.transaction.bytes().length();
      size += length;
      room -= LedgerBlock.sizeInBlock(length);
      if ((size > limits.batchBytes() && !picked.isEmpty()) || room < 0) {
        break;
      }
      picked.add(it.transaction);
    }
    return picked;
  }

  /** Bytes that a block with these transactions, and so many bytes beside them, has left. */
  public long roomBeside(List<Transaction> picked, long beside) {
    long room = limits.maxBlockBytes() - LedgerBlock.MAX_OVERHEAD - beside;
    for (var transaction : picked) {
      room -= LedgerBlock.sizeInBlock(transaction.bytes().length());
    }
    return room;
  }

  /** These stand now in a block of the chain that this replica extends. */
  public void propose(Iterable<Transaction> block) {
    for (var transaction : block) {
      var entry = entries.get(transaction.id());
      if (entry != null && !entry.proposed) {
        unlink(entry);
        entry.proposed = true;
      }
    }
  }

  /** The blocks that these stood in are not part of that chain any more. */
  public void release(Iterable<Transaction> abandoned) {
    var released = new ArrayList<Entry>();
    for (var transaction : abandoned) {
      var entry = entries.get(transaction.id());
      if (entry != null && entry.proposed) {
        entry.proposed = false;
        released.add(entry);
      }
    }
    released.sort(ADMISSION);
    @Nullable Entry before = null;
    for (var entry : released) {
      var next = before == null ? first : before.after;
      while (next != null && next.sequence < entry.sequence) {
        before = next;
        next = next.after;
      }
      link(entry, before);
      before = entry;
    }
  }

  /** These are final. */
  public void remove(Iterable<Transaction> committed) {
    for (var transaction : committed) {
      var entry = entries.remove(transaction.id());
      if (entry != null) {
        bytes -= entry.transaction.bytes().length();
        if (entry.origin == Origin.CLIENT && entry.admittedAt.isAfter(youngestFinal)) {
          youngestFinal = entry.admittedAt;
        }
        if (!entry.proposed) {
          unlink(entry);
        }
      }
    }
  }

  /** What the engine is told of the pool. */
  public Work work() {
    boolean full = pickable >= limits.batchTransactions() || pickableBytes >= limits.batchBytes();
    return new Work(pickable, full, entries.size());
  }

  public int size() {
    return entries.size();
  }

  /** Bytes of all transactions. */
  public long bytes() {
    return bytes;
  }

  /** When the pickable transaction that waits longest was admitted; null when there is none. */
  public @Nullable Instant oldestPickable() {
    return first == null ? null : first.admittedAt;
  }

  /** The pickable transaction that waits longest; null when there is none. */
  public @Nullable Hash oldestId() {
    return first == null ? null : first.transaction.id();
  }

  /**
   * When that one of the own clients' transactions was admitted that came last of those that are
   * final; {@link Instant#MIN} before there is one.
   */
  public Instant youngestFinal() {
    return youngestFinal;
  }

  /**
   * The pickable transactions admitted first that had been waiting for {@code age} at {@code now},
   * together at most {@code maxBytes} (but at least one) and {@code maxCount}.
   */
  public List<Transaction> waiting(Instant now, Duration age, long maxBytes, int maxCount) {
    var waiting = new ArrayList<Transaction>();
    long size = 0;
    for (var it = first; it != null && waiting.size() < maxCount; it = it.after) {
      size += it.transaction.bytes().length();
      boolean old = !it.admittedAt.plus(age).isAfter(now);
      if (!old || (size > maxBytes && !waiting.isEmpty())) {
        break;
      }
      waiting.add(it.transaction);
    }
    return waiting;
  }

  /**
   * The pickable transactions with a number above {@code after}, which is the last number that was
   * not wanted: together at most {@code maxBytes} (but at least one) and {@code maxCount}.
   */
  public Backlog above(long after, long maxBytes, int maxCount) {
    var waiting = new ArrayList<Transaction>();
    long size = 0;
    long number = after;
    var it = firstAbove(after);
    for (; it != null && waiting.size() < maxCount; it = it.after) {
      size += it.transaction.bytes().length();
      if (size > maxBytes && !waiting.isEmpty()) {
        break;
      }
      waiting.add(it.transaction);
      number = it.sequence;
    }
    return new Backlog(waiting, it == null ? admitted - 1 : number);
  }

  /** The number of a transaction, from 0 in order of admission; -1 when it is not here. */
  public long numberOf(Transaction transaction) {
    var entry = entries.get(transaction.id());
    return entry == null ? -1 : entry.sequence;
  }

  /**
   * What waits, oldest first.
   *
   * @param last the number of the last one, or of the last one admitted when nothing is left out
   */
  public record Backlog(List<Transaction> transactions, long last) {}

  /** Looks from the young end: what is not known to somebody yet mostly came last. */
  private @Nullable Entry firstAbove(long number) {
    if (first == null || first.sequence > number) {
      return first;
    }
    @Nullable Entry found = null;
    for (var it = last; it != null && it.sequence > number; it = it.before) {
      found = it;
    }
    return found;
  }

  /** Puts an entry behind another one, or first. */
  private void link(Entry entry, @Nullable Entry before) {
    var after = before == null ? first : before.after;
    entry.before = before;
    entry.after = after;
    if (before == null) {
      first = entry;
    } else {
      before.after = entry;
    }
    if (after == null) {
      last = entry;
    } else {
      after.before = entry;
    }
    pickable++;
    pickableBytes += entry.transaction.bytes().length();
  }

  private void unlink(Entry entry) {
    if (entry.before == null) {
      first = entry.after;
    } else {
      entry.before.after = entry.after;
    }
    if (entry.after == null) {
      last = entry.before;
    } else {
      entry.after.before = entry.before;
    }
    entry.before = null;
    entry.after = null;
    pickable--;
    pickableBytes -= entry.transaction.bytes().length();
  }
}
