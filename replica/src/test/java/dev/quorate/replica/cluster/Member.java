package dev.quorate.replica.cluster;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Network;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaPorts;
import dev.quorate.replica.Submission;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import dev.quorate.replica.guard.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One replica of a cluster, with its disk and its place in the net. */
public final class Member {
  private static final SignatureScheme SCHEME = new KeyedHashes();

  private final Cluster cluster;
  private final String name;
  private final ValidatorId id;
  private InMemoryChainStore disk;
  private final List<LedgerBlock> delivered = new ArrayList<>();
  private GuardStorage guard = new InMemoryGuardStorage();
  private WatchedStore store;
  private @Nullable Replica<ConveyorMessage> replica;
  private boolean woken;
  private Duration wallOffset = Duration.ZERO;

  Member(Cluster cluster, String name, Genesis genesis) {
    this.cluster = cluster;
    this.name = name;
    this.id = Members.id(name);
    this.disk = new InMemoryChainStore(genesis);
    this.store = new WatchedStore(disk);
  }

  public String name() {
    return name;
  }

  public ValidatorId id() {
    return id;
  }

  public WatchedStore store() {
    return store;
  }

  /** Blocks that the finality listener was told of, over all runs. */
  public List<LedgerBlock> delivered() {
    return delivered;
  }

  /** The store is gone, the guard stays; between two lives. */
  public void loseStore() {
    disk = new InMemoryChainStore(cluster.genesis());
  }

  /** The content of the store as it is now. */
  public InMemoryChainStore copyStore() {
    return disk.copy();
  }

  /** A copy of the whole folder is put back; between two lives. */
  public void restore(InMemoryChainStore store, GuardStorage guard) {
    this.disk = store;
    this.guard = guard;
  }

  public boolean isUp() {
    return replica != null;
  }

  public Replica<ConveyorMessage> replica() {
    if (replica == null) {
      throw new IllegalStateException(name + " is down");
    }
    return replica;
  }

  /** Where the guard keeps what it signed from the next start on. */
  public void guard(GuardStorage guard) {
    this.guard = guard;
  }

  public GuardStorage guard() {
    return guard;
  }

  /** Starts from what is on the disk, and connects to all who are up. */
  public void start() {
    store = new WatchedStore(disk.reopen());
    var ports =
        new ReplicaPorts(
            store,
            network(),
            guard,
            new SigningKey(Members.key(name), SCHEME),
            (block, _) -> delivered.add(block),
            () -> woken = true);
    var started =
        Replica.open(cluster.genesis(), id, new ConveyorProvider(), ports, cluster.limits());
    started.observe((event, effects) -> cluster.record(name + " " + event + " -> " + effects));
    replica = started;
    woken = true;
    for (var other : cluster.members()) {
      if (other != this && other.replica != null) {
        started.peerConnected(other.id);
        other.replica.peerConnected(id);
      }
    }
  }

  /** The process is gone, the disk stays. */
  public void kill() {
    replica = null;
    store.close();
    for (var other : cluster.members()) {
      if (other.replica != null) {
        other.replica.peerDisconnected(id);
      }
    }
  }

  public CompletableFuture<Submission> submit(Transaction transaction) {
    return replica().submit(transaction).toCompletableFuture();
  }

  /** Hands transactions in without waiting for what becomes of them. */
  public void order(List<Transaction> transactions) {
    var _ = replica().submitAll(transactions);
  }

  /** The same for one. */
  public void order(Transaction transaction) {
    order(List.of(transaction));
  }

  /** Somebody sets the clock: from now on it shows a time that is off by this much. */
  public void setClock(Duration offset) {
    wallOffset = offset;
  }

  void receive(ValidatorId from, Bytes frame, Instant now) {
    if (replica != null) {
      replica.ingress().onFrame(from, frame, now.plus(wallOffset));
    }
  }

  boolean turnIfDue(Instant now) {
    if (replica == null || !(woken || !replica.nextDeadline().isAfter(now))) {
      return false;
    }
    woken = false;
    return replica.turn(now, now.plus(wallOffset)) instanceof Condition.Running;
  }

  Instant nextDeadline() {
    return replica == null ? Instant.MAX : replica.nextDeadline();
  }

  private Network network() {
    return new Network() {
      @Override
      public boolean send(ValidatorId to, Bytes frame) {
        return cluster.send(Member.this, to, frame);
      }

      @Override
      public void broadcast(Bytes frame) {
        for (var other : cluster.members()) {
          if (other != Member.this) {
            cluster.send(Member.this, other.id, frame);
          }
        }
      }
    };
  }
}
