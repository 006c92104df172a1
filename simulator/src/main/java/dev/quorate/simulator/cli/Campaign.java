package dev.quorate.simulator.cli;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Tally;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.plan.RunPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many seeds, several at a time: what came of them, in chunks. */
final class Campaign {
  /** Seeds in a chunk: what a line of a results file tells of. */
  static final int CHUNK = 200;

  private final String engine;
  private final CampaignOptions options;
  private final PrintWriter out;
  private final FailingSeeds failing;
  private Tally tally = Tally.NONE;
  private long agreed;
  private long invalid;
  private long violated;

  /** Of all that count, those that an earlier campaign has run. */
  private long found;

  Campaign(String engine, CampaignOptions options, PrintWriter out) {
    this.engine = engine;
    this.options = options;
    this.out = out;
    this.failing = new FailingSeeds(options.seeds());
  }

  /** Runs chunk by chunk until all is done or so many nanoseconds are over; the exit code. */
  int run(long from, long to, long nanos) {
    long begin = System.nanoTime();
    var results = options.out().map(file -> ResultsFile.open(file, engine));
    try (var pool = Executors.newFixedThreadPool(options.threads())) {
      for (long seed = from; seed < to; seed += CHUNK) {
        long end = Math.min(to, seed + CHUNK);
        if (System.nanoTime() - begin >= nanos) {
          break;
        }
        long first = seed;
        var done = results.flatMap(it -> it.find(first, end));
        var chunk = done.orElseGet(() -> chunk(pool, first, end));
        count(chunk);
        if (done.isPresent()) {
          found += chunk.tally().runs();
        } else {
          results.ifPresent(it -> it.append(chunk));
          progress(end, from, begin);
        }
      }
    }
    summary(begin);
    return violated == 0 ? Main.FINE : Main.VIOLATED;
  }

  /** What came of one seed. */
  private record Outcome(long seed, Verdict verdict) {}

  private Chunk chunk(ExecutorService pool, long from, long to) {
    var waiting = new ArrayList<Future<Outcome>>();
    for (long seed = from; seed < to; seed++) {
      long which = seed;
      Callable<Outcome> run = () -> new Outcome(which, run(which));
      waiting.add(pool.submit(run));
    }
    long agreedHere = 0;
    long invalidHere = 0;
    var violatedHere = new ArrayList<Long>();
    var sum = Tally.NONE;
    for (var future : waiting) {
      var outcome = outcomeOf(future);
      sum = sum.plus(outcome.verdict().tally());
      switch (outcome.verdict()) {
        case Verdict.Agreed _ -> agreedHere++;
        case Verdict.Invalid _ -> invalidHere++;
        case Verdict.Violated verdict -> {
          violatedHere.add(outcome.seed());
          failing.add(outcome.seed(), engine);
          out.printf("seed %d: %s%n", outcome.seed(), verdict);
        }
      }
    }
    return new Chunk(from, to, agreedHere, invalidHere, violatedHere, sum);
  }

  private Verdict run(long seed) {
    try {
      return Simulation.of(RunPlan.of(seed, engine)).run();
    } catch (RuntimeException bug) {
      throw new IllegalStateException("the simulator failed in seed " + seed, bug);
    }
  }

  private static Outcome outcomeOf(Future<Outcome> future) {
    try {
      return future.get();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  private void count(Chunk chunk) {
    agreed += chunk.agreed();
    invalid += chunk.invalid();
    violated += chunk.violated().size();
    tally = tally.plus(chunk.tally());
  }

  private void progress(long end, long from, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.printf(
        "%d seeds in %.0f s (%.1f a second), %d violated%n",
        end - from, seconds, (tally.runs() - found) / seconds, violated);
  }

  private void summary(long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    new Table(out).print(tally);
    out.printf(
        "%d seeds: %d agreed, %d said nothing, %d violated; %.1f virtual hours; %d of them now, in"
            + " %.0f s%n",
        tally.runs(),
        agreed,
        invalid,
        violated,
        tally.virtual().toMillis() / 3_600_000.0,
        tally.runs() - found,
        seconds);
  }
}
