package dev.quorate.simulator.client;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.node.SimNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clients that want every transaction to become final: whoever does not see it happen hands the
 * transaction in again, to any node that is up. They ask for no more than so much at once: what a
 * network with tiny blocks and a leader that fails each time cannot order in time says nothing
 * about progress.
 */
public final class Clients {
  /** How long a client waits before it tries again. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  /** Clients that trickle transactions make no new ones while so many are not final. */
  private static final int MOST_OPEN = 100;

  private final Agenda agenda;
  private final Chance chance;
  private final int maxBytes;
  private final Map<Hash, Open> open = new LinkedHashMap<>();
  private final Set<Hash> entrusted = new LinkedHashSet<>();
  private List<? extends SimNode<?>> nodes;
  private long made;
  private boolean looking;

  /** A transaction that is not final yet as far as its client knows. */
  private record Open(Transaction transaction, long lastTry) {}

  /**
   * Nobody wants anything yet.
   *
   * @param nodes whom transactions are handed to
   * @param maxBytes the largest transaction
   */
  public Clients(Agenda agenda, Chance chance, List<? extends SimNode<?>> nodes, int maxBytes) {
    this.agenda = agenda;
    this.chance = chance;
    this.nodes = nodes;
    this.maxBytes = maxBytes;
  }

  /** From now on only these are asked. */
  public void ask(List<? extends SimNode<?>> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Makes so many new transactions and hands them to one node, some of them to a second too. */
  public void submit(SimNode<?> node, int count) {
    for (int i = 0; i < count; i++) {
      var transaction = make();
      hand(node, transaction);
      if (chance.happens(0.05)) {
        chance.oneOf(nodes).submit(transaction);
      }
    }
  }

  /** The same to a node that is up, if there is one. */
  public void submit(int count) {
    var up = up();
    if (!up.isEmpty()) {
      submit(chance.oneOf(up), count);
    }
  }

  /** Hands a new transaction to one node, and leaves it at that: whatever comes, not again. */
  public void entrust(SimNode<?> node) {
    var transaction = make();
    entrusted.add(transaction.id());
    node.submit(transaction);
  }

  /** Hands transactions in until then, in bursts, so often a second on average. */
  public void trickle(double perSecond, int burst, long until) {
    long wait = (long) chance.exponential(1e9 * burst / perSecond);
    if (agenda.now() + wait < until) {
      agenda.after(
          wait,
          () -> {
            int count = (int) chance.between(1, 2L * burst - 1);
            submit(Math.min(count, MOST_OPEN - open.size()));
            trickle(perSecond, burst, until);
          });
    }
  }

  /** A block became final somewhere that clients believe. */
  public void delivered(LedgerBlock block) {
    for (var transaction : block.transactions()) {
      open.remove(transaction.id());
      entrusted.remove(transaction.id());
    }
  }

  /** Transactions that were made so far. */
  public long made() {
    return made;
  }

  /** Transactions that are not final as far as their clients know. */
  public int waiting() {
    return open.size() + entrusted.size();
  }

  private void hand(SimNode<?> node, Transaction transaction) {
    open.put(transaction.id(), new Open(transaction, agenda.now()));
    node.submit(transaction);
    lookLater();
  }

  private void lookLater() {
    if (!looking && !open.isEmpty()) {
      looking = true;
      agenda.after(PATIENCE.dividedBy(2), this::look);
    }
  }

  private void look() {
    looking = false;
    var up = up();
    if (!up.isEmpty()) {
      var late = new ArrayList<Open>();
      long since = agenda.now() - PATIENCE.toNanos();
      for (var it : open.values()) {
        if (it.lastTry() <= since) {
          late.add(it);
        }
      }
      for (var it : late) {
        hand(chance.oneOf(up), it.transaction());
      }
    }
    lookLater();
  }

  private List<SimNode<?>> up() {
    var up = new ArrayList<SimNode<?>>();
    for (var node : nodes) {
      if (node.isUp()) {
        up.add(node);
      }
    }
    return up;
  }

  private Transaction make() {
    made++;
    int size = chance.happens(0.01) ? maxBytes : (int) chance.between(16, Math.min(300, maxBytes));
    var bytes = new byte[Math.max(size, 16)];
    var head = ("tx " + made).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(bytes, (byte) '.');
    System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
    return Transaction.of(Bytes.wrap(bytes));
  }
}
