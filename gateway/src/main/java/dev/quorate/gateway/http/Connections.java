package dev.quorate.gateway.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of one event loop, each with a deadline: for the request that arrives, or for
 * resting. A client that sends a head or a body drop by drop is idle in the first case and late in
 * the second; both end with the connection.
 */
public final class Connections {
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final ConnectionCounts counts;
  private final Counters counters;
  private final long requestNanos;
  private final long idleNanos;
  private final Map<HttpConnection, Line> lines = new HashMap<>();

  public Connections(
      ConnectionCounts counts, Counters counters, Duration requestTime, Duration idleTime) {
    this.counts = counts;
    this.counters = counters;
    this.requestNanos = requestTime.toNanos();
    this.idleNanos = idleTime.toNanos();
  }

  /** A connection's deadline, and its place among those that may be open. */
  public final class Line {
    private final HttpConnection connection;
    private final String address;
    private long since = System.nanoTime();
    private long allowed = idleNanos;

    private Line(HttpConnection connection, String address) {
      this.connection = connection;
      this.address = address;
    }

    /** The request is whole, or is none that has a body: its answer takes what it takes. */
    public void answering() {
      allowed = Long.MAX_VALUE;
    }

    /** The answer is out while the request still comes: what comes is thrown away, for a moment. */
    void linger() {
      since = System.nanoTime();
      allowed = LINGER.toNanos();
    }

    /** The connection is gone; also to be called when a WebSocket that it became has gone. */
    public void closed() {
      if (lines.remove(connection) != null) {
        counts.leave(address);
      }
    }

    private void reading() {
      since = System.nanoTime();
      allowed = requestNanos;
    }

    private void resting() {
      if (allowed != LINGER.toNanos()) {
        since = System.nanoTime();
        allowed = idleNanos;
      }
    }
  }

  /** Takes a new connection in, or closes it. */
  public void opened(HttpConnection connection) {
    var address = connection.remoteAddress().hostAddress();
    if (address == null || !counts.enter(address)) {
      counters.connectionsRefused.increment();
      connection.close();
      return;
    }
    var line = new Line(connection, address);
    lines.put(connection, line);
    connection.closeHandler(_ -> line.closed());
  }

  /**
   * A request begins; when its answer has ended, the connection rests. Empty for one that came in
   * the moment before its connection is closed, and needs no answer.
   */
  public Optional<Line> begin(HttpServerRequest request) {
    var line = lines.get(request.connection());
    if (line != null) {
      line.reading();
      request.response().endHandler(_ -> line.resting());
    }
    return Optional.ofNullable(line);
  }

  /** The connection of a request that has begun. */
  public Line of(HttpServerRequest request) {
    var line = lines.get(request.connection());
    if (line == null) {
      throw new IllegalStateException("a request on a connection that was not let in");
    }
    return line;
  }

  /** Closes whatever is past its deadline; to be called about once a second. */
  public void sweep() {
    long now = System.nanoTime();
    for (var line : lines.values().toArray(Line[]::new)) {
      if (now - line.since > line.allowed) {
        line.connection.close();
      }
    }
  }
}
