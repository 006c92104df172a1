package dev.quorate.node.e2e;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: each connection submits a transaction, waits until it is committed, and submits
 * the next. So a slow network is offered less, and the latencies are those of this load only; an
 * open loop with a given rate would show longer ones.
 *
 * <p>Usage: {@code LoadClient URL[,URL...] CONNECTIONS SECONDS [BYTES [WARM-UP SECONDS]]}
 */
public final class LoadClient {
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

  private final List<URI> apis;
  private final int bytes;
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong other = new AtomicLong();

  private LoadClient(List<URI> apis, int bytes) {
    this.apis = apis;
    this.bytes = bytes;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var apis = Arrays.stream(arguments[0].split(",")).map(URI::create).toList();
    int connections = Integer.parseInt(arguments[1]);
    long seconds = Long.parseLong(arguments[2]);
    int bytes = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 256;
    long warmUp = arguments.length > 4 ? Long.parseLong(arguments[4]) : 10;
    new LoadClient(apis, bytes)
        .run(connections, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
  }

  private void run(int connections, Duration warmUp, Duration duration)
      throws InterruptedException {
    long from = System.nanoTime() + warmUp.toNanos();
    long to = from + duration.toNanos();
    var histograms = new ArrayList<Histogram>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < connections; i++) {
      var histogram = new Histogram(LONGEST_NANOS, 3);
      histograms.add(histogram);
      var api = apis.get(i % apis.size());
      long seed = System.nanoTime() + i;
      threads.add(Thread.ofPlatform().start(() -> loop(api, seed, from, to, histogram)));
    }
    for (var thread : threads) {
      thread.join();
    }
    var all = new Histogram(LONGEST_NANOS, 3);
    histograms.forEach(all::add);
    System.out.printf(
        "%d connections to %d nodes, %d bytes, %d s: %.0f committed tx/s,"
            + " p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.0f ms, other answers %d%n",
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

  private void loop(URI api, long seed, long from, long to, Histogram histogram) {
    var random = new SplittableRandom(seed);
    var transaction = new byte[bytes];
    try (var line = new HttpLine(api, "wait=60")) {
      while (System.nanoTime() < to) {
        random.nextBytes(transaction);
        long start = System.nanoTime();
        var reply = line.submit(transaction);
        long end = System.nanoTime();
        if (end < from || end > to) {
          continue;
        }
        if (reply.status() == 201) {
          committed.incrementAndGet();
          histogram.recordValue(Math.min(end - start, LONGEST_NANOS));
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
