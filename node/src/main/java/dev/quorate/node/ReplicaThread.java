package dev.quorate.node;

import dev.quorate.replica.Condition;
import dev.quorate.replica.Replica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives a replica its turns: at once when it is woken, otherwise when its next
 * deadline has come.
 */
final class ReplicaThread {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaThread.class);

  /** A deadline that is further away is looked at again after this. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final InstantSource steady;
  private final InstantSource clock;
  private final Thread thread;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final CompletableFuture<Condition> end = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile boolean resting;

  /**
   * The thread rests until it is started; {@link #wake()} may be called before.
   *
   * @param steady never goes back: the replica waits by it
   * @param clock what the machine's clock shows
   */
  ReplicaThread(String name, Replica<?> replica, InstantSource steady, InstantSource clock) {
    this.steady = steady;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name(name).unstarted(() -> run(replica));
  }

  void start() {
    thread.start();
  }

  /** Something waits for the next turn. Any thread; returns at once. */
  void wake() {
    if (!woken.getAndSet(true) && resting) {
      LockSupport.unpark(thread);
    }
  }

  /** Completes, with the last condition, when the replica takes no more turns. */
  CompletableFuture<Condition> end() {
    return end;
  }

  /** Ends the replica and waits for its last turn. */
  void stop() {
    stopping = true;
    woken.set(true);
    LockSupport.unpark(thread);
    if (thread.isAlive()) {
      end.join();
    }
  }

  private void run(Replica<?> replica) {
    try {
      end.complete(turns(replica));
    } catch (RuntimeException | Error bug) {
      LOG.error("the replica's thread ended", bug);
      end.complete(new Condition.Failed(bug));
    }
  }

  private Condition turns(Replica<?> replica) {
    while (!stopping) {
      woken.set(false);
      var condition = replica.turn(steady.instant(), clock.instant());
      if (!(condition instanceof Condition.Running)) {
        return condition;
      }
      rest(replica.nextDeadline());
    }
    replica.stop();
    return new Condition.Stopped();
  }

  private void rest(Instant deadline) {
    var now = steady.instant();
    if (!deadline.isAfter(now)) {
      return;
    }
    long nanos =
        deadline.isBefore(now.plus(LONGEST_REST))
            ? Duration.between(now, deadline).toNanos()
            : LONGEST_REST.toNanos();
    resting = true;
    if (!woken.get() && !stopping) {
      LockSupport.parkNanos(this, nanos);
    }
    resting = false;
  }
}
