package dev.quorate.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What one submission costs the event loop: a program, not a test. Clients on keep-alive
 * connections send different transactions of 256 bytes, each when the answer to its last has come.
 *
 * <p>Arguments: connections (16), seconds a phase (5).
 */
public final class SubmitTimings {
  private static final int MEGABYTE = 1 << 20;

  private SubmitTimings() {}

  public static void main(String[] arguments) throws InterruptedException {
    int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    phase("warm-up", "", "raw", connections, seconds);
    phase("raw, 202", "", "raw", connections, seconds);
    phase("json, 202", "", "json", connections, seconds);
    phase("raw, wait, 201", "Prefer: wait=30\r\n", "raw", connections, seconds);
  }

  private static void phase(String name, String header, String form, int connections, int seconds)
      throws InterruptedException {
    var ordering = new SoloOrdering(MEGABYTE, false);
    try (var site = Site.open(ordering)) {
      var running = new AtomicBoolean(true);
      var answered = new AtomicLong();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        threads.add(
            Thread.ofPlatform().start(() -> client(site, header, form, number, running, answered)));
      }
      threads.add(Thread.ofPlatform().start(() -> committer(ordering, running)));
      long cpu = loopNanos();
      LockSupport.parkNanos(seconds * 1_000_000_000L);
      long count = answered.get();
      double used = loopNanos() - cpu;
      System.out.printf(
          "%-16s %,8d requests/s   %.1f us of event loop each%n",
          name, count / seconds, used / 1_000 / count);
      running.set(false);
      for (var thread : threads) {
        thread.join();
      }
    }
  }

  private static void committer(SoloOrdering ordering, AtomicBoolean running) {
    while (running.get() || ordering.poolSize() > 0) {
      LockSupport.parkNanos(5_000_000);
      if (ordering.poolSize() > 0) {
        ordering.commitPool();
      }
    }
  }

  private static void client(
      Site site,
      String header,
      String form,
      int number,
      AtomicBoolean running,
      AtomicLong answered) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.gateway().apiPort())) {
      socket.setTcpNoDelay(true);
      var answer = new byte[4_096];
      for (long i = 0; running.get(); i++) {
        var transaction = String.format("%04d %012d ", number, i) + "x".repeat(238);
        socket.getOutputStream().write(request(header, form, transaction));
        int length = 0;
        do {
          length += socket.getInputStream().read(answer, length, answer.length - length);
        } while (answer[length - 1] != '}');
        if (answer[9] != '2') {
          throw new IOException(new String(answer, 0, length, StandardCharsets.US_ASCII));
        }
        answered.incrementAndGet();
      }
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] request(String header, String form, String transaction) {
    boolean raw = form.equals("raw");
    var body = raw ? transaction : SubmitTest.json(transaction);
    var type = raw ? "application/octet-stream" : "application/json";
    return ("POST /v1/transactions HTTP/1.1\r\nHost: 127.0.0.1:7080\r\nContent-Type: "
            + type
            + "\r\n"
            + header
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static long loopNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().contains("eventloop")) {
        sum += threads.getThreadCpuTime(info.getThreadId());
      }
    }
    return sum;
  }
}
