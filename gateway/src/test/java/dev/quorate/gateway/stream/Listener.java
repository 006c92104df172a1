package dev.quorate.gateway.stream;

import dev.quorate.gateway.Site;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that keeps what it hears, and can stop reading. */
final class Listener implements WebSocket.Listener, AutoCloseable {
  private final LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;
  private volatile boolean reading;

  private Listener(Site site, boolean reading) {
    this.reading = reading;
    this.socket =
        site.client()
            .newWebSocketBuilder()
            .buildAsync(URI.create(site.uri("/v1/ws").toString().replace("http", "ws")), this)
            .join();
  }

  static Listener of(Site site) {
    return new Listener(site, true);
  }

  /** One that reads nothing before {@link #read()}. */
  static Listener deaf(Site site) {
    return new Listener(site, false);
  }

  Listener send(String frame) {
    socket.sendText(frame.replace('\'', '"'), true).join();
    return this;
  }

  WebSocket socket() {
    return socket;
  }

  /** Begins to read, for good. */
  void read() {
    reading = true;
    socket.request(1);
  }

  /** The next frame. */
  JsonObject next() {
    try {
      var frame = heard.poll(20, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("heard nothing for 20 s; closed: " + closed.getNow("no"));
      }
      return frame;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** The next frame's kind and place, such as {@code tx 4.2}. */
  String nextShort() {
    var frame = next();
    return frame.containsKey("seq")
        ? frame.getString("t") + " " + frame.getString("seq")
        : frame.getString("t");
  }

  List<String> nextShort(int number) {
    var list = new ArrayList<String>();
    for (int i = 0; i < number; i++) {
      list.add(nextShort());
    }
    return list;
  }

  /** All up to and with the first frame of a kind. */
  List<JsonObject> until(String type) {
    var list = new ArrayList<JsonObject>();
    do {
      list.add(next());
    } while (!list.getLast().getString("t").equals(type));
    return list;
  }

  /** Code and reason of the close, when it comes. */
  String closed() {
    return closed.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (reading) {
      webSocket.request(1);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      heard.add(new JsonObject(partial.toString()));
      partial.setLength(0);
    }
    if (reading) {
      webSocket.request(1);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code + " " + reason);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
