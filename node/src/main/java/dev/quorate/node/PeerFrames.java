package dev.quorate.node;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.PeerListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames from the event loops to the replica's ingress, which decodes and verifies them on
 * the threads of a small pool.
 *
 * <p>The frames of one peer stay in order: each peer has a line of its own, and one thread at most
 * works on a line. A line holds {@link #MAX_FRAMES} frames or {@link #MAX_BYTES} bytes; then the
 * peer is not read from until half of it is done, so a fast peer waits and costs no memory.
 */
final class PeerFrames implements PeerListener, AutoCloseable {
  /** Frames that may wait for one peer. */
  static final int MAX_FRAMES = 1_024;

  /** Bytes that may wait for one peer; the frame that passes it is still taken. */
  static final long MAX_BYTES = 16L << 20;

  /** How many frames a thread takes from a line before the other lines have their turn. */
  private static final int SHARE = 64;

  private final Door door;
  private final InstantSource clock;
  private final ExecutorService pool;
  private final Map<PublicKey, Line> lines;
  private volatile @Nullable Tap tap;

  /** Where the frames go; the calls about one peer come one after the other. */
  interface Door {
    /** A frame, on a thread of the pool. */
    void onFrame(ValidatorId peer, Bytes frame, Instant receivedAt);

    /** A peer came, on an event loop. */
    void onConnected(ValidatorId peer);

    /** A peer went, on an event loop. */
    void onDisconnected(ValidatorId peer);
  }

  /** What stops the frames of one peer on their way in, and lets them come again. */
  interface Tap {
    void pause(PublicKey peer);

    void resume(PublicKey peer);
  }

  PeerFrames(String name, Door door, List<PublicKey> peers, InstantSource clock) {
    this.door = door;
    this.clock = clock;
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name(name + "-ingress-", 0).factory());
    this.lines = peers.stream().collect(Collectors.toMap(Function.identity(), Line::new));
  }

  /** Makes known what stops a peer; frames may come in before. */
  void attach(Tap made) {
    tap = made;
  }

  @Override
  public void onFrame(PublicKey peer, Bytes frame) {
    line(peer).add(new Frame(frame, clock.instant()));
  }

  @Override
  public void onConnected(PublicKey peer) {
    door.onConnected(line(peer).validator);
  }

  @Override
  public void onDisconnected(PublicKey peer) {
    door.onDisconnected(line(peer).validator);
  }

  /** Frames that wait, over all peers. */
  int waitingFrames() {
    return lines.values().stream().mapToInt(Line::size).sum();
  }

  /** Takes no more frames and waits for those under way. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Line line(PublicKey peer) {
    var line = lines.get(peer);
    if (line == null) {
      throw new IllegalStateException(peer + " is no peer");
    }
    return line;
  }

  private record Frame(Bytes bytes, Instant receivedAt) {}

  /** What one peer has sent and nobody has looked at yet. */
  private final class Line implements Runnable {
    private final PublicKey peer;
    private final ValidatorId validator;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private boolean scheduled;
    private boolean paused;

    Line(PublicKey peer) {
      this.peer = peer;
      this.validator = ValidatorId.of(peer);
    }

    synchronized int size() {
      return frames.size();
    }

    void add(Frame frame) {
      boolean first;
      synchronized (this) {
        frames.add(frame);
        bytes += frame.bytes.length();
        first = !scheduled;
        scheduled = true;
        var reader = tap;
        if (!paused && reader != null && (frames.size() >= MAX_FRAMES || bytes >= MAX_BYTES)) {
          paused = true;
          reader.pause(peer);
        }
      }
      if (first) {
        schedule();
      }
    }

    @Override
    public void run() {
      for (int i = 0; i < SHARE; i++) {
        var frame = take();
        if (frame == null) {
          return;
        }
        door.onFrame(validator, frame.bytes, frame.receivedAt);
      }
      schedule();
    }

    private synchronized @Nullable Frame take() {
      var frame = frames.poll();
      if (frame == null) {
        scheduled = false;
        return null;
      }
      bytes -= frame.bytes.length();
      var reader = tap;
      if (paused && reader != null && frames.size() <= MAX_FRAMES / 2 && bytes <= MAX_BYTES / 2) {
        paused = false;
        reader.resume(peer);
      }
      return frame;
    }

    private void schedule() {
      try {
        pool.execute(this);
      } catch (RejectedExecutionException _) {
        // The node stops; nobody needs these frames any more.
      }
    }
  }
}
