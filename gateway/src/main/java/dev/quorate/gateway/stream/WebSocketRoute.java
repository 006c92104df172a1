package dev.quorate.gateway.stream;

import dev.quorate.gateway.http.Connections;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;

/** {@code /v1/ws}: several subscriptions on one connection, each with a name. */
public final class WebSocketRoute {
  private static final short BAD_FRAME = 4000;
  private static final short SLOW = 4008;
  private static final short DRAINING = 4009;

  private final Streams streams;

  public WebSocketRoute(Streams streams) {
    this.streams = streams;
  }

  /** Serves a connection that was upgraded on this event loop. */
  public void serve(ServerWebSocket socket, Connections.Line line) {
    var client = new Client(socket);
    socket.closeHandler(
        _ -> {
          line.closed();
          streams.execute(() -> streams.closed(client.session));
        });
    socket.exceptionHandler(_ -> client.close(BAD_FRAME, "frame too large or malformed"));
    socket.binaryMessageHandler(_ -> client.close(BAD_FRAME, "frames are text"));
    socket.textMessageHandler(client::received);
    streams.execute(() -> streams.open(client.session));
  }

  private final class Client implements Outbound.Wire, Session.Ending {
    private final ServerWebSocket socket;
    private final Session session;
    private Future<Void> last = Future.succeededFuture();

    Client(ServerWebSocket socket) {
      this.socket = socket;
      this.session = new Session(streams, this, this);
    }

    /** On the event loop: one frame at a time goes to the streams' thread. */
    void received(String text) {
      socket.pause();
      streams.execute(
          () -> {
            understand(text);
            socket.resume();
          });
    }

    private void understand(String text) {
      switch (SubscribeFrame.read(text)) {
        case SubscribeFrame.Reading.Faulty(var why) -> close(BAD_FRAME, why);
        case SubscribeFrame.Reading.Understood(var frame) -> subscribe(frame);
      }
    }

    private void subscribe(SubscribeFrame frame) {
      if (session.has(frame.id())) {
        close(BAD_FRAME, "id: there is a subscription of that name");
      } else if (session.size() == streams.bounds().subscriptions()) {
        close(BAD_FRAME, "at most " + session.size() + " subscriptions on one connection");
      } else {
        var frames = Frames.WebSocket.of(frame.id());
        long head = streams.head();
        session.outbound().send(frames.ok(head, streams.first()));
        session.outbound().flush();
        session.add(frame.id(), streams.subscription(session, frames, frame.wish(), head));
      }
    }

    @Override
    public void write(String frame) {
      last = socket.writeTextMessage(frame);
    }

    @Override
    public Future<Void> flush() {
      return last;
    }

    @Override
    public void slow() {
      var _ = close(SLOW, "slow");
    }

    @Override
    public Future<Void> draining() {
      return close(DRAINING, "draining");
    }

    /** A reason has at most 123 bytes; ours are short but for a client's own member names. */
    private Future<Void> close(short code, String why) {
      if (socket.isClosed()) {
        return Future.succeededFuture();
      }
      var ascii = why.replaceAll("[^ -~]", "?");
      return socket.close(code, ascii.substring(0, Math.min(120, ascii.length())));
    }
  }
}
