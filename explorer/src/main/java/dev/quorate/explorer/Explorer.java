package dev.quorate.explorer;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the traces of a range of seeds on all cores until one breaks a rule. */
public final class Explorer {
  private static final int CHUNK = 500;

  /** The cores, unless the property {@code quorate.threads} says otherwise. */
  public static final int THREADS =
      Integer.getInteger("quorate.threads", Runtime.getRuntime().availableProcessors());

  private final Game game;
  private final Optional<Enum<?>> wanted;
  private final boolean agreementOnly;

  /**
   * Looks for a trace that breaks one rule, or any. With {@link Game#agreement} no other rule ends
   * a trace: then only the worst that a fault can do counts.
   */
  public Explorer(Game game, Optional<Enum<?>> wanted) {
    this.game = game;
    this.wanted = wanted;
    this.agreementOnly = wanted.equals(Optional.of(game.agreement()));
  }

  /** The trace with the lowest seed that was seen to break a rule. */
  public record Found(String module, long seed, Enum<?> rule, String detail) {
    /** How to see it again. */
    public String replayLine() {
      return ("mvn -pl %s -am test -Dtest=ExplorerTest#replaysOneTrace"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.trace.seed=%d  # %s: %s")
          .formatted(module, seed, rule, detail);
    }
  }

  /**
   * What came of a search.
   *
   * @param traces how many were run
   * @param steps the events that their engines took
   * @param delivered traces in which some block was delivered
   * @param rounds traces by the number of rounds in which something was certified
   */
  public record Report(
      Optional<Found> found, long traces, long steps, long delivered, Map<Integer, Long> rounds) {
    @Override
    public String toString() {
      return "%d traces, %d steps; delivered in %d, rounds %s"
          .formatted(traces, steps, delivered, rounds);
    }
  }

  /** Runs so many traces, from a first seed on; stops soon after one breaks a rule. */
  public Report run(long first, long traces, int threads) {
    var next = new AtomicLong(first);
    var found = new AtomicReference<Optional<Found>>(Optional.empty());
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(next, first + traces, found));
    }
    var running = workers.stream().map(it -> Thread.ofPlatform().start(it)).toList();
    for (var thread : running) {
      join(thread);
    }
    long run = 0;
    long steps = 0;
    long delivered = 0;
    var rounds = new TreeMap<Integer, Long>();
    for (var worker : workers) {
      worker.rethrow();
      run += worker.traces;
      steps += worker.steps;
      delivered += worker.delivered;
      for (int i = 0; i < worker.rounds.length; i++) {
        if (worker.rounds[i] > 0) {
          rounds.merge(i, worker.rounds[i], Long::sum);
        }
      }
    }
    return new Report(found.get(), run, steps, delivered, rounds);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while exploring", e);
    }
  }

  private final class Worker implements Runnable {
    private final AtomicLong next;
    private final long end;
    private final AtomicReference<Optional<Found>> found;
    private long traces;
    private long steps;
    private long delivered;
    private final long[] rounds = new long[Ballots.ROUNDS];
    private Optional<Throwable> failure = Optional.empty();

    Worker(AtomicLong next, long end, AtomicReference<Optional<Found>> found) {
      this.next = next;
      this.end = end;
      this.found = found;
    }

    @Override
    public void run() {
      try {
        for (long from = next.getAndAdd(CHUNK);
            from < end && found.get().isEmpty();
            from = next.getAndAdd(CHUNK)) {
          chunk(from, Math.min(end, from + CHUNK));
        }
      } catch (RuntimeException | Error e) {
        failure = Optional.of(e);
      }
    }

    private void chunk(long from, long to) {
      for (long seed = from; seed < to; seed++) {
        var outcome = game.trace(seed, agreementOnly, false).run();
        traces++;
        steps += outcome.steps();
        delivered += outcome.highest() > 0 ? 1 : 0;
        rounds[Math.min(outcome.rounds(), rounds.length - 1)]++;
        var broken = outcome.broken();
        if (broken.isPresent() && broken.get() == wanted.orElse(broken.get())) {
          found(new Found(game.module(), seed, broken.get(), outcome.detail()));
          return;
        }
      }
    }

    private void found(Found mine) {
      found.accumulateAndGet(
          Optional.of(mine),
          (one, other) ->
              one.isPresent() && other.isPresent() && one.get().seed() < other.get().seed()
                  ? one
                  : other);
    }

    void rethrow() {
      failure.ifPresent(
          it -> {
            throw new IllegalStateException("a trace ended with an error of the explorer", it);
          });
    }
  }
}
