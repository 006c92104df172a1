package dev.quorate.gateway.stream;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One client's connection with its subscriptions, which share its outbound. Belongs to the streams'
 * thread.
 */
final class Session {
  /** Ends a connection; both may be called when it has gone already. */
  interface Ending {
    void slow();

    /** Completed once the last word has left. */
    Future<Void> draining();
  }

  private final Streams streams;
  private final Outbound outbound;
  private final Ending ending;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private boolean scheduled;
  private boolean ended;

  Session(Streams streams, Outbound.Wire wire, Ending ending) {
    this.streams = streams;
    this.outbound = new Outbound(wire, streams.bounds(), streams.budget(), streams, this::wake);
    this.ending = ending;
  }

  Outbound outbound() {
    return outbound;
  }

  boolean has(String id) {
    return subscriptions.containsKey(id);
  }

  int size() {
    return subscriptions.size();
  }

  void add(String id, Subscription subscription) {
    subscriptions.put(id, subscription);
    wake();
  }

  /** There may be something to send. */
  void wake() {
    if (!scheduled && !ended && !subscriptions.isEmpty()) {
      scheduled = true;
      streams.execute(this::turn);
    }
  }

  void heartbeat(long height) {
    if (ended || outbound.isFull()) {
      return;
    }
    var frames =
        subscriptions.isEmpty()
            ? Frames.WebSocket.of("")
            : subscriptions.values().iterator().next().frames();
    outbound.send(frames.heartbeat(height));
    outbound.flush();
  }

  /** Cuts a client off that does not read, telling it where to resume. */
  boolean cutIfStuck(long now) {
    if (ended || !outbound.isStuck(now)) {
      return false;
    }
    ended = true;
    for (var subscription : subscriptions.values()) {
      outbound.send(subscription.frames().gap(subscription.resume()));
    }
    outbound.flush();
    ending.slow();
    return true;
  }

  Future<Void> drain() {
    if (ended) {
      return Future.succeededFuture();
    }
    ended = true;
    return ending.draining();
  }

  /** The connection is gone. */
  void gone() {
    ended = true;
    subscriptions.clear();
  }

  private void turn() {
    scheduled = false;
    if (ended) {
      return;
    }
    boolean more = false;
    List<Subscription> all = new ArrayList<>(subscriptions.values());
    for (var subscription : all) {
      more |= subscription.advance() == Subscription.Turn.MORE;
    }
    if (more) {
      wake();
    }
  }
}
