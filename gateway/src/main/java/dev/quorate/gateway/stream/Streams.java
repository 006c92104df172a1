package dev.quorate.gateway.stream;

import dev.quorate.gateway.GatewayConfig.StreamBounds;
import dev.quorate.gateway.http.Counters;
import dev.quorate.gateway.http.LedgerHeight;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.StoredBlock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All event streams of a node and the one thread that serves them.
 *
 * <p>{@link #onFinal(StoredBlock)} and {@link #execute(Runnable)} may be called from any thread,
 * the rest on the streams' thread.
 */
public final class Streams implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final long TICK_MS = 250;

  private final ChainReader chain;
  private final RecentBlocks blocks;
  private final LedgerHeight height;
  private final Counters counters;
  private final StreamBounds bounds;
  private final OutboundBudget budget;
  private final Set<Session> sessions = new LinkedHashSet<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread;
  private long lastHeartbeat = System.nanoTime();
  private boolean draining;

  public Streams(ChainReader chain, LedgerHeight height, Counters counters, StreamBounds bounds) {
    this.chain = chain;
    this.blocks = new RecentBlocks(chain);
    this.height = height;
    this.counters = counters;
    this.bounds = bounds;
    this.budget = new OutboundBudget(bounds.allOutboundBytes());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("quorate-streams").daemon().unstarted(task));
    var _ =
        thread.scheduleWithFixedDelay(guarded(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException closed) {
      LOG.debug("streams are closed; a late event is dropped");
    }
  }

  /** A block is durable and readable. */
  public void onFinal(StoredBlock block) {
    blocks.add(block);
    if (woken.compareAndSet(false, true)) {
      execute(this::wakeAll);
    }
  }

  StreamBounds bounds() {
    return bounds;
  }

  OutboundBudget budget() {
    return budget;
  }

  long first() {
    return chain.initialHeight().value();
  }

  /** Takes a new connection in; one that comes while the node stops is ended at once. */
  void open(Session session) {
    counters.streams.increment();
    sessions.add(session);
    budget.outbounds(sessions.size());
    if (draining) {
      session.drain();
    }
  }

  void closed(Session session) {
    if (sessions.remove(session)) {
      budget.outbounds(sessions.size());
      counters.streams.decrement();
      session.gone();
    }
  }

  /**
   * A subscription that begins where the wish says, seen from the given head, which is the height
   * that the subscriber was told.
   */
  Subscription subscription(Session session, Frames frames, Wish wish, long head) {
    var start =
        switch (wish.start()) {
          case Wish.Start.At(var from) -> Position.ofBlock(from);
          case Wish.Start.After(var position) -> position.next();
          case Wish.Start.Next() -> Position.ofBlock(head + 1);
        };
    var first = Position.ofBlock(first());
    var next = start.compareTo(first) < 0 ? first : start;
    return new Subscription(blocks, height, session.outbound(), frames, wish, next);
  }

  /** The height of the last block as the chain itself has it. */
  long head() {
    long head = chain.tip().map(tip -> tip.height().value()).orElse(first() - 1);
    height.raiseTo(head);
    return head;
  }

  /**
   * Ends all streams with word to resume elsewhere; later ones are ended at once.
   *
   * @return completed once every stream has been given its last word: a listener that shuts down
   *     before would end them with a word of its own
   */
  public Future<?> drain() {
    Promise<Void> told = Promise.promise();
    execute(
        () -> {
          draining = true;
          var ends = List.copyOf(sessions).stream().map(Session::drain).toList();
          Future.join(ends).onComplete(_ -> told.tryComplete());
        });
    return told.future();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void wakeAll() {
    woken.set(false);
    sessions.forEach(Session::wake);
  }

  private void tick() {
    long now = System.nanoTime();
    // Those that found the common budget spent are called by nobody else.
    sessions.forEach(Session::wake);
    for (var session : List.copyOf(sessions)) {
      if (session.cutIfStuck(now)) {
        counters.slowStreams.increment();
      }
    }
    if (now - lastHeartbeat >= bounds.heartbeat().toNanos()) {
      lastHeartbeat = now;
      sessions.forEach(session -> session.heartbeat(height.value()));
    }
  }

  /** A task whose failure is told and does not stop the thread. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        LOG.error("an event stream failed", failure);
      }
    };
  }
}
