package dev.quorate.node.e2e;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A load on a network, and what its clients see of it.
 *
 * <p>In a closed loop each connection submits a transaction, waits until it is committed, and
 * submits the next. So a slow network is offered less, and the latencies are those of this load
 * only.
 *
 * <p>In an open loop transactions are due at a rate, whatever became of those before, and a latency
 * is counted from when the transaction was due: also if it had to wait for a connection. With too
 * few connections, or a rate that the network cannot follow, that shows as latency.
 *
 * <p>What begins in the warm-up is not counted, and nothing begins after the end.
 *
 * <p>Usage: {@code LoadClient URL[,URL...] CONNECTIONS SECONDS [BYTES [WARM-UP SECONDS [RATE]]]},
 * the rate in transactions a second over all connections; without one the loop is closed.
 */
public final class LoadClient {
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

  private final List<URI> apis;
  private final int bytes;
  private final double rate;
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong other = new AtomicLong();

  private LoadClient(List<URI> apis, int bytes, double rate) {
    this.apis = apis;
    this.bytes = bytes;
    this.rate = rate;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var apis = Arrays.stream(arguments[0].split(",")).map(URI::create).toList();
    int connections = Integer.parseInt(arguments[1]);
    long seconds = Long.parseLong(arguments[2]);
    int bytes = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 256;
    long warmUp = arguments.length > 4 ? Long.parseLong(arguments[4]) : 10;
    double rate = arguments.length > 5 ? Double.parseDouble(arguments[5]) : 0;
    new LoadClient(apis, bytes, rate)
        .run(connections, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
  }

  private void run(int connections, Duration warmUp, Duration duration)
      throws InterruptedException {
    long begin = System.nanoTime();
    long from = begin + warmUp.toNanos();
    long to = from + duration.toNanos();
    var histograms = new ArrayList<Histogram>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < connections; i++) {
      var histogram = new Histogram(LONGEST_NANOS, 3);
      histograms.add(histogram);
      var api = apis.get(i % apis.size());
      var pace = rate > 0 ? new OpenLoop(begin, i, connections, rate) : new ClosedLoop();
      long seed = System.nanoTime() + i;
      threads.add(Thread.ofPlatform().start(() -> loop(api, seed, pace, from, to, histogram)));
    }
    for (var thread : threads) {
      thread.join();
    }
    var all = new Histogram(LONGEST_NANOS, 3);
    histograms.forEach(all::add);
    System.out.printf(
        "%s, %d connections to %d nodes, %d bytes, %d s: %.0f committed tx/s,"
            + " p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.0f ms, other answers %d%n",
        rate > 0 ? "open loop of %.0f tx/s".formatted(rate) : "closed loop",
        connections,
        apis.size(),
        bytes,
        duration.toSeconds(),
        committed.get() / (double) duration.toSeconds(),
        millis(all.getValueAtPercentile(50)),
        millis(all.getValueAtPercentile(90)),
        millis(all.getValueAtPercentile(99)),
        millis(all.getMaxValue()),
        other.get());
  }

  /** When a connection submits its transactions. */
  private sealed interface Pace {
    /** Waits for the next one; when it was due, in {@link System#nanoTime()}. */
    long next();
  }

  /** As soon as the one before is answered. */
  private record ClosedLoop() implements Pace {
    @Override
    public long next() {
      return System.nanoTime();
    }
  }

  /** At fixed times, with those of the other connections evenly between them. */
  private static final class OpenLoop implements Pace {
    private final double interval;
    private final double first;
    private long count;

    OpenLoop(long begin, int connection, int connections, double rate) {
      interval = connections * 1e9 / rate;
      first = begin + connection * 1e9 / rate;
    }

    @Override
    public long next() {
      long due = (long) (first + interval * count++);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      return due;
    }
  }

  private void loop(URI api, long seed, Pace pace, long from, long to, Histogram histogram) {
    var random = new SplittableRandom(seed);
    var transaction = new byte[bytes];
    try (var line = new HttpLine(api, "wait=60")) {
      for (long start = pace.next(); start < to && System.nanoTime() < to; start = pace.next()) {
        random.nextBytes(transaction);
        var reply = line.submit(transaction);
        if (start < from) {
          continue;
        }
        if (reply.status() == 201) {
          committed.incrementAndGet();
          histogram.recordValue(Math.min(System.nanoTime() - start, LONGEST_NANOS));
        } else {
          other.incrementAndGet();
        }
      }
    } catch (IOException e) {
      System.err.println(api + ": " + e);
      other.incrementAndGet();
    }
  }

  private static double millis(long nanos) {
    return nanos / 1_000_000.0;
  }
}
