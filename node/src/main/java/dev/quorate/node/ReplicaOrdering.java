package dev.quorate.node;

import dev.quorate.crypto.Hash;
import dev.quorate.gateway.Admission;
import dev.quorate.gateway.BuildVersion;
import dev.quorate.gateway.ConsensusView;
import dev.quorate.gateway.FinalityListener;
import dev.quorate.gateway.Ordering;
import dev.quorate.gateway.Readiness;
import dev.quorate.gateway.Rejection;
import dev.quorate.gateway.TransactionStatus;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Replica;
import dev.quorate.replica.Submission;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The ordering service that the gateway offers: one replica and its chain. */
final class ReplicaOrdering implements Ordering {
  private static final TransactionStatus RECEIVED = new TransactionStatus.Received();
  private static final TransactionStatus ADMITTED = new TransactionStatus.Admitted();
  private static final TransactionStatus UNKNOWN = new TransactionStatus.Unknown();

  private final Genesis genesis;
  private final String name;
  private final Replica<?> replica;
  private final ChainReader chain;
  private final FinalityFeed feed;
  private final Health health;

  /** Transactions of our clients that are not final yet: as many as inbox and pool can hold. */
  private final ConcurrentHashMap<Hash, TransactionStatus> pending;

  ReplicaOrdering(
      Genesis genesis,
      String name,
      Replica<?> replica,
      ChainReader chain,
      Finality finality,
      Health health) {
    this.genesis = genesis;
    this.name = name;
    this.replica = replica;
    this.chain = chain;
    this.feed = finality.feed;
    this.pending = finality.pending;
    this.health = health;
  }

  /** What is final, and what is on its way there: made before the replica, which tells of it. */
  record Finality(FinalityFeed feed, ConcurrentHashMap<Hash, TransactionStatus> pending) {
    static Finality after(ChainReader chain) {
      var pending = new ConcurrentHashMap<Hash, TransactionStatus>();
      return new Finality(new FinalityFeed(chain.tip(), pending::remove), pending);
    }
  }

  @Override
  public CompletionStage<Admission> submit(Transaction transaction) {
    var rejection = health.rejection();
    if (rejection.isPresent()) {
      return CompletableFuture.completedStage(new Admission.Refused(rejection.get()));
    }
    boolean first = pending.putIfAbsent(transaction.id(), RECEIVED) == null;
    return replica.submit(transaction).thenApply(it -> admission(transaction, it, first));
  }

  @Override
  public TransactionStatus status(Hash id) {
    var waiting = pending.get(id);
    if (ADMITTED.equals(waiting)) {
      return ADMITTED;
    }
    // What is sent again was perhaps committed long ago, and stays so while it is looked at anew.
    return chain
        .locate(id)
        .<TransactionStatus>map(TransactionStatus.Committed::new)
        .orElse(waiting == null ? UNKNOWN : waiting);
  }

  @Override
  public ConsensusView consensus() {
    var status = replica.status();
    var engine = status.engine();
    return new ConsensusView(
        genesis.engine(),
        engine.height(),
        engine.roundWord(),
        engine.round().value(),
        engine.leaderWord(),
        genesis.nameOf(engine.leader()),
        engine.active(),
        status.voice().sentence(),
        engine.inFlight(),
        status.pool().pending(),
        health.peers());
  }

  @Override
  public Readiness readiness() {
    return health.readiness();
  }

  @Override
  public ChainReader chain() {
    return chain;
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public String node() {
    return name;
  }

  @Override
  public BuildVersion version() {
    var version = Version.current();
    return new BuildVersion(version.number(), version.commit());
  }

  @Override
  public Subscription subscribe(FinalityListener listener) {
    return feed.subscribe(listener);
  }

  /** Runs on the replica's thread, so before the block that may hold the transaction is final. */
  private Admission admission(Transaction transaction, Submission submission, boolean first) {
    var id = transaction.id();
    return switch (submission) {
      case Submission.Admitted() -> {
        pending.replace(id, ADMITTED);
        yield new Admission.Admitted();
      }
      case Submission.AlreadyPending() -> {
        pending.replace(id, ADMITTED);
        yield new Admission.AlreadyPending();
      }
      case Submission.AlreadyCommitted(var location) -> {
        pending.remove(id);
        yield new Admission.AlreadyCommitted(location);
      }
      case Submission.Refused(var reason) -> {
        if (first) {
          pending.remove(id, RECEIVED);
        }
        yield new Admission.Refused(rejection(reason));
      }
    };
  }

  private Rejection rejection(Submission.Reason reason) {
    return switch (reason) {
      case EMPTY -> new Rejection.Empty();
      case TOO_LARGE -> new Rejection.TooLarge(genesis.limits().maxTxBytes());
      case POOL_FULL -> {
        var status = replica.status();
        yield new Rejection.PoolFull(status.pool().pending(), status.poolBytes());
      }
      case STOPPED -> new Rejection.Stopping();
    };
  }
}
