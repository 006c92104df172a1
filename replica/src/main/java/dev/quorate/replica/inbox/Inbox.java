package dev.quorate.replica.inbox;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Submission;
import dev.quorate.replica.sync.SyncItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The only way from other threads to the replica's.
 *
 * <p>Every queue is bounded. A turn takes a bounded number from each, engine messages first, then
 * requests and answers about blocks, then transactions; of one kind, peers take turns. What finds
 * its queue full is dropped and counted: engines repeat what they say, requests are repeated by
 * whoever asked, transactions are passed on again, and a client is told.
 */
public final class Inbox<M extends Message<M>> {
  /** Engine messages taken in one turn. */
  public static final int TURN_MESSAGES = 1_024;

  /** Requests and answers about blocks taken in one turn. */
  public static final int TURN_REQUESTS = 16;

  /** Transactions taken in one turn: no more are taken once there are so many. */
  public static final int TURN_TRANSACTIONS = 8_192;

  /** The clients together are one source. */
  private static final String CLIENTS = "clients";

  private final Counts counts;
  private final Runnable wakeup;
  private final FairQueue<ValidatorId, Intake.Heard<M>> messages;
  private final FairQueue<ValidatorId, Intake.Asked> requests;
  private final FairQueue<ValidatorId, Intake.Passed> passed;
  private final FairQueue<String, Intake.Handed> handed;
  private final LinkedHashMap<ValidatorId, Boolean> links = new LinkedHashMap<>();
  private final List<ValidatorId> peers;
  private Optional<Throwable> failure = Optional.empty();
  private boolean closed;
  private boolean woken;

  /**
   * An empty inbox.
   *
   * @param peers the other validators: nobody else is listened to
   */
  public Inbox(List<ValidatorId> peers, InboxLimits limits, Counts counts, Runnable wakeup) {
    this.peers = List.copyOf(peers);
    this.counts = counts;
    this.wakeup = wakeup;
    this.messages = FairQueue.of(peers, limits.peerMessages(), limits.peerMessageBytes());
    this.requests = FairQueue.of(peers, limits.peerRequests(), limits.peerRequestBytes());
    this.passed = FairQueue.of(peers, limits.peerTransactions(), limits.peerTransactionBytes());
    this.handed =
        new FairQueue<>(
            List.of(CLIENTS), limits.clientTransactions(), limits.clientTransactionBytes());
  }

  /** Whether a message of this size would be taken now: worth asking before it is verified. */
  public synchronized boolean hasRoomForMessage(ValidatorId peer, long bytes) {
    return !closed && messages.hasRoom(peer, 1, bytes);
  }

  /** Whether a request or an answer of this size would be taken now. */
  public synchronized boolean hasRoomForRequest(ValidatorId peer, long bytes) {
    return !closed && requests.hasRoom(peer, 1, bytes);
  }

  /** Whether transactions of this size would be taken now: worth asking before they are hashed. */
  public synchronized boolean hasRoomForTransactions(ValidatorId peer, int count, long bytes) {
    return !closed && passed.hasRoom(peer, count, bytes);
  }

  /** A verified engine message. */
  public void offer(Signed<M> message, Instant receivedAt, long bytes) {
    boolean taken;
    synchronized (this) {
      var heard = new Intake.Heard<>(message, receivedAt);
      taken = !closed && messages.offer(message.from(), heard, 1, bytes);
    }
    wakeOrCount(taken, Count.DROPPED_MESSAGES, 1);
  }

  /** A request or an answer about blocks. */
  public void offer(ValidatorId peer, SyncItem item, long bytes) {
    boolean taken;
    synchronized (this) {
      taken = !closed && requests.offer(peer, new Intake.Asked(peer, item), 1, bytes);
    }
    wakeOrCount(taken, Count.DROPPED_REQUESTS, 1);
  }

  /** Transactions that a peer passed on. */
  public void offer(ValidatorId peer, List<Transaction> transactions, long bytes) {
    boolean taken;
    synchronized (this) {
      var item = new Intake.Passed(peer, transactions);
      taken = !closed && passed.offer(peer, item, transactions.size(), bytes);
    }
    wakeOrCount(taken, Count.DROPPED_TRANSACTIONS, transactions.size());
  }

  /** Transactions of a client; the reason why they cannot even wait, if so. */
  public Optional<Submission.Reason> offer(
      List<Transaction> transactions, CompletableFuture<List<Submission>> answer) {
    long bytes = 0;
    for (var transaction : transactions) {
      bytes += transaction.bytes().length();
    }
    boolean taken;
    synchronized (this) {
      if (closed) {
        return Optional.of(Submission.Reason.STOPPED);
      }
      var item = new Intake.Handed(transactions, answer);
      taken = handed.offer(CLIENTS, item, transactions.size(), bytes);
    }
    wakeOrCount(taken, Count.DROPPED_TRANSACTIONS, transactions.size());
    return taken ? Optional.empty() : Optional.of(Submission.Reason.POOL_FULL);
  }

  /** A peer can be reached from now on, or not any more. */
  public void link(ValidatorId peer, boolean connected) {
    if (!peers.contains(peer)) {
      counts.add(Count.FRAMES_OF_STRANGERS);
      return;
    }
    synchronized (this) {
      links.putLast(peer, connected);
    }
    wake();
  }

  /** Something that the replica relies on broke on another thread. */
  public void fail(Throwable cause) {
    synchronized (this) {
      if (failure.isEmpty()) {
        failure = Optional.of(cause);
      }
    }
    wake();
  }

  /** Takes what one turn may take. */
  public synchronized void drainTo(Intake<M> intake) {
    intake.clear();
    woken = false;
    intake.failure = failure;
    intake.takeLinks(links);
    while (intake.messages.size() < TURN_MESSAGES) {
      var heard = messages.poll();
      if (heard == null) {
        break;
      }
      intake.messages.add(heard);
    }
    while (intake.requests.size() < TURN_REQUESTS) {
      var asked = requests.poll();
      if (asked == null) {
        break;
      }
      intake.requests.add(asked);
    }
    drainTransactions(intake);
  }

  /** Clients and peers get half of a turn's transactions each, and what the others leave. */
  private void drainTransactions(Intake<M> intake) {
    int count = 0;
    boolean any = true;
    while (any && count < TURN_TRANSACTIONS) {
      any = false;
      var client = handed.poll();
      if (client != null) {
        intake.handed.add(client);
        count += client.transactions().size();
        any = true;
      }
      var peer = passed.poll();
      if (peer != null) {
        intake.passed.add(peer);
        count += peer.transactions().size();
        any = true;
      }
    }
  }

  /** Whether nothing waits. */
  public synchronized boolean isEmpty() {
    return failure.isEmpty()
        && links.isEmpty()
        && messages.isEmpty()
        && requests.isEmpty()
        && handed.isEmpty()
        && passed.isEmpty();
  }

  /** Takes nothing any more; the clients' transactions that still wait are given back. */
  public synchronized List<Intake.Handed> close() {
    closed = true;
    var left = new ArrayList<Intake.Handed>();
    for (var it = handed.poll(); it != null; it = handed.poll()) {
      left.add(it);
    }
    return left;
  }

  private void wakeOrCount(boolean taken, Count dropped, int howMany) {
    if (taken) {
      wake();
    } else {
      counts.add(dropped, howMany);
    }
  }

  private void wake() {
    synchronized (this) {
      if (woken) {
        return;
      }
      woken = true;
    }
    wakeup.run();
  }
}
