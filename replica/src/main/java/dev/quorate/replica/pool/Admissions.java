package dev.quorate.replica.pool;

import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Submission;
import dev.quorate.replica.pool.Mempool.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Decides which transactions enter the pool: those that are neither there nor final already. */
public final class Admissions {
  private final Mempool pool;
  private final ChainReader chain;
  private final Predicate<Hash> proposed;
  private final Forwarder forwarder;
  private final Counts counts;

  /**
   * Admits into a pool.
   *
   * @param proposed whether a transaction stands in a block that is being extended
   */
  public Admissions(
      Mempool pool,
      ChainReader chain,
      Predicate<Hash> proposed,
      Forwarder forwarder,
      Counts counts) {
    this.pool = pool;
    this.chain = chain;
    this.proposed = proposed;
    this.forwarder = forwarder;
    this.counts = counts;
  }

  /** Answers a client, a transaction each. */
  public List<Submission> ofClient(List<Transaction> transactions, Instant now) {
    var answers = new ArrayList<Submission>(transactions.size());
    for (var transaction : transactions) {
      answers.add(ofClient(transaction, now));
    }
    return answers;
  }

  /** Takes what a peer passed on, as far as it is new and there is room. */
  public void ofPeer(List<Transaction> transactions, Instant now) {
    for (var transaction : transactions) {
      var id = transaction.id();
      if (pool.contains(id) || chain.contains(id)) {
        counts.add(Count.TRANSACTIONS_REPEATED);
      } else {
        admit(transaction, Origin.PEER, now);
      }
    }
  }

  private Submission ofClient(Transaction transaction, Instant now) {
    var id = transaction.id();
    if (pool.contains(id)) {
      counts.add(Count.TRANSACTIONS_REPEATED);
      return Submission.ALREADY_PENDING;
    }
    if (chain.contains(id)) {
      counts.add(Count.TRANSACTIONS_REPEATED);
      return new Submission.AlreadyCommitted(chain.locate(id).orElseThrow());
    }
    return switch (admit(transaction, Origin.CLIENT, now)) {
      case ADMITTED -> {
        forwarder.admitted(transaction);
        yield Submission.ADMITTED;
      }
      case PRESENT -> Submission.ALREADY_PENDING;
      case FULL -> new Submission.Refused(Submission.Reason.POOL_FULL);
    };
  }

  private Mempool.Admission admit(Transaction transaction, Origin origin, Instant now) {
    var admission = pool.admit(transaction, origin, now, proposed.test(transaction.id()));
    counts.add(
        switch (admission) {
          case ADMITTED ->
              switch (origin) {
                case CLIENT -> Count.CLIENT_TRANSACTIONS_ADMITTED;
                case PEER -> Count.PEER_TRANSACTIONS_ADMITTED;
              };
          case PRESENT -> Count.TRANSACTIONS_REPEATED;
          case FULL -> Count.POOL_FULL;
        });
    return admission;
  }
}
