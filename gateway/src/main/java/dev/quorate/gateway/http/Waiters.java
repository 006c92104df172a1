package dev.quorate.gateway.http;

import dev.quorate.crypto.Hash;
import dev.quorate.gateway.Ordering;
import dev.quorate.gateway.TransactionStatus;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of one event loop that wait for a transaction to be committed. Only {@link
 * #onFinal(StoredBlock)} may be called from another thread.
 */
public final class Waiters {
  /** What a wait ends with: exactly one of these is called, once, unless it is cancelled. */
  interface Outcome {
    void committed(Location location);

    void expired();

    void stopping();

    /** Nobody can say, by a fault of ours. */
    void failed(RuntimeException failure);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

  private final Vertx vertx;
  private final Context loop;
  private final Ordering ordering;
  private final Counters counters;
  private final BlockInbox inbox = new BlockInbox();
  private final Map<Hash, List<Waiter>> waiting = new HashMap<>();
  private boolean stopped;

  public Waiters(Vertx vertx, Context loop, Ordering ordering, Counters counters) {
    this.vertx = vertx;
    this.loop = loop;
    this.ordering = ordering;
    this.counters = counters;
  }

  /** One waiting request. */
  final class Waiter {
    private final Hash id;
    private final Outcome outcome;
    private final long timer;

    private Waiter(Hash id, Outcome outcome, int seconds) {
      this.id = id;
      this.outcome = outcome;
      this.timer = vertx.setTimer(1_000L * seconds, _ -> expire());
    }

    boolean isWaiting() {
      var others = waiting.get(id);
      return others != null && others.contains(this);
    }

    /** Ends the wait without an outcome; harmless when it has ended. */
    void cancel() {
      var others = waiting.get(id);
      if (others != null && others.remove(this)) {
        counters.waits.decrement();
        vertx.cancelTimer(timer);
        if (others.isEmpty()) {
          waiting.remove(id);
        }
      }
    }

    /** Looks whether it was committed unnoticed: when a block passed before the wait began. */
    void lookAgain() {
      look(() -> {});
    }

    private void expire() {
      look(
          () -> {
            cancel();
            outcome.expired();
          });
    }

    private void look(Runnable otherwise) {
      try {
        if (ordering.status(id) instanceof TransactionStatus.Committed(var location)) {
          cancel();
          outcome.committed(location);
        } else {
          otherwise.run();
        }
      } catch (RuntimeException failure) {
        cancel();
        outcome.failed(failure);
      }
    }
  }

  /** Waits, beginning now, for at least one second; not at all when the node stops. */
  Waiter add(Hash id, int seconds, Outcome outcome) {
    var waiter = new Waiter(id, outcome, seconds);
    if (stopped) {
      vertx.cancelTimer(waiter.timer);
      outcome.stopping();
      return waiter;
    }
    waiting.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(waiter);
    counters.waits.increment();
    return waiter;
  }

  /** A block is durable: wakes the loop. */
  public void onFinal(StoredBlock block) {
    if (inbox.put(block)) {
      try {
        loop.runOnContext(_ -> drain());
      } catch (RejectedExecutionException closed) {
        LOG.debug("the loop is closed; nobody waits any more");
      }
    }
  }

  /** Ends all waits because the node stops, and every later one. */
  public void stop() {
    stopped = true;
    for (var waiter : all()) {
      waiter.cancel();
      waiter.outcome.stopping();
    }
  }

  private void drain() {
    var content = inbox.take();
    if (waiting.isEmpty()) {
      return;
    }
    content.blocks().forEach(this::deliver);
    if (!content.complete()) {
      all().forEach(Waiter::lookAgain);
    }
  }

  private void deliver(StoredBlock stored) {
    var transactions = stored.block().transactions();
    for (int i = 0; i < transactions.size(); i++) {
      var waiters = waiting.get(transactions.get(i).id());
      if (waiters != null) {
        var location =
            new Location(stored.block().header().height(), i, stored.firstSequence() + i);
        for (var waiter : List.copyOf(waiters)) {
          waiter.cancel();
          waiter.outcome.committed(location);
        }
      }
    }
  }

  private List<Waiter> all() {
    return waiting.values().stream().flatMap(List::stream).toList();
  }
}
