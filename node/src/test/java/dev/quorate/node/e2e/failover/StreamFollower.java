package dev.quorate.node.e2e.failover;

import dev.quorate.node.client.ApiClient;
import dev.quorate.node.client.EventStream;
import dev.quorate.node.client.EventStream.Start;
import dev.quorate.node.client.UnreachableException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A subscriber of one node from the first block on, which takes its stream up again behind the last
 * event it saw for as long as it is open.
 */
final class StreamFollower implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final String TYPES = "block,tx";

  private final ApiClient client;
  private final List<Seen> seen = new ArrayList<>();
  private volatile boolean closed;

  /** An event: its position, and the hash of the block or the id of the transaction. */
  record Seen(String position, String what) {
    boolean isTransaction() {
      return position.contains(".");
    }
  }

  StreamFollower(URI api) {
    client = new ApiClient(api);
    Thread.ofVirtual().start(this::follow);
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** What was seen up to an event that was. */
  synchronized List<Seen> seenUpTo(String position) {
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i).position().equals(position)) {
        return List.copyOf(seen.subList(0, i + 1));
      }
    }
    throw new IllegalArgumentException("nothing was seen at " + position);
  }

  /** The position of the last event; empty before the first. */
  synchronized Optional<String> last() {
    return seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().position());
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  private void follow() {
    while (!closed) {
      var start =
          last()
              .<Start>map(position -> new Start.After(TYPES, position))
              .orElse(new Start.From(TYPES, 1));
      try (var stream = client.events(start)) {
        if (stream.status() == 200) {
          drain(stream);
        }
      } catch (UnreachableException | UncheckedIOException _) {
        // The node is away; its stream goes on when it is back.
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void drain(EventStream stream) {
    for (var event = stream.next(); event.isPresent(); event = stream.next()) {
      var it = event.get();
      switch (it.type()) {
        case "block" -> add(new Seen(it.id(), it.json().path("hash").asText()));
        case "tx" -> add(new Seen(it.id(), it.json().path("txId").asText()));
        default -> {}
      }
    }
  }

  private synchronized void add(Seen event) {
    seen.add(event);
  }
}
