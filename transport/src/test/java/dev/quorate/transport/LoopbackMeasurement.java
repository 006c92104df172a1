package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.tls.TlsLibrary;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Throughput and round trip between two transports in this process, for small and large frames.
 * Prints a table; run by hand, asserts nothing.
 */
final class LoopbackMeasurement {
  private LoopbackMeasurement() {}

  static void main(String... arguments) throws InterruptedException {
    for (var library : TlsLibrary.values()) {
      if (library.isAvailable()) {
        measure(library);
      }
    }
  }

  private static void measure(TlsLibrary library) throws InterruptedException {
    var validators = new Validators();
    var echo = new Echo();
    var sink = new Sink();
    try (var b = Transport.start(validators.config(validators.b), echo, library);
        var a = Transport.start(validators.config(validators.a), sink, library)) {
      echo.transport = b;
      sink.connected.await();
      var to = validators.b.publicKey();
      for (int warmUp = 0; warmUp < 3; warmUp++) {
        throughput(a, to, echo, 200, 300_000);
        throughput(a, to, echo, 512 * 1024, 1_000);
      }
      System.out.printf("%s%n", library);
      report(200, 1_000_000, throughput(a, to, echo, 200, 1_000_000));
      report(512 * 1024, 3_000, throughput(a, to, echo, 512 * 1024, 3_000));
      echo.answers = true;
      roundTrips(a, to, sink, 200, 20_000);
      roundTrips(a, to, sink, 200, 20_000);
      roundTrips(a, to, sink, 512 * 1024, 1_000);
    }
  }

  private static void report(int size, int frames, double seconds) {
    System.out.printf(
        "  %7d bytes: %,9.0f frames/s %,7.0f MB/s%n",
        size, frames / seconds, size / 1e6 * frames / seconds);
  }

  private static double throughput(Transport from, PublicKey to, Echo echo, int size, int frames)
      throws InterruptedException {
    var frame = Bytes.wrap(new byte[size]);
    echo.expected = new CountDownLatch(frames);
    long start = System.nanoTime();
    for (int i = 0; i < frames; i++) {
      while (!from.send(to, frame)) {
        LockSupport.parkNanos(100_000);
      }
    }
    echo.expected.await();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void roundTrips(Transport from, PublicKey to, Sink sink, int size, int rounds)
      throws InterruptedException {
    var frame = Bytes.wrap(new byte[size]);
    var nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      from.send(to, frame);
      sink.returned.take();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "  %7d bytes: round trip p50 %,.0f us, p99 %,.0f us%n",
        size, nanos[rounds / 2] / 1e3, nanos[rounds * 99 / 100] / 1e3);
  }

  private static class Sink implements PeerListener {
    final CountDownLatch connected = new CountDownLatch(1);
    final SynchronousQueue<Bytes> returned = new SynchronousQueue<>();

    @Override
    public void onFrame(PublicKey peer, Bytes frame) {
      try {
        returned.put(frame);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onConnected(PublicKey peer) {
      connected.countDown();
    }

    @Override
    public void onDisconnected(PublicKey peer) {}
  }

  private static final class Echo implements PeerListener {
    volatile CountDownLatch expected = new CountDownLatch(0);
    volatile boolean answers;
    volatile @Nullable Transport transport;

    @Override
    public void onFrame(PublicKey peer, Bytes frame) {
      var it = transport;
      if (answers && it != null) {
        it.send(peer, frame);
      }
      expected.countDown();
    }

    @Override
    public void onConnected(PublicKey peer) {}

    @Override
    public void onDisconnected(PublicKey peer) {}
  }
}
