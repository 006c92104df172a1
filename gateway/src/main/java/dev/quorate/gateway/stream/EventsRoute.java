package dev.quorate.gateway.stream;

import dev.quorate.gateway.http.Answers;
import dev.quorate.gateway.http.Query;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/events}: one subscription as server-sent events. */
public final class EventsRoute {
  private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("Last-Event-ID");

  private final Streams streams;
  private final Answers answers;

  public EventsRoute(Streams streams, Answers answers) {
    this.streams = streams;
    this.answers = answers;
  }

  public void handle(HttpServerRequest request) {
    switch (Query.of(request, List.of("from", "types", "payload"))) {
      case Query.Faulty(var problem) -> answers.problem(request, problem);
      case Query.Parameters parameters -> {
        var last =
            Optional.ofNullable(request.getHeader(LAST_EVENT_ID)).filter(it -> !it.isEmpty());
        switch (Wish.ofQuery(parameters, last)) {
          case Wish.Reading.Faulty(var problem) -> answers.problem(request, problem);
          case Wish.Reading.Understood(var wish) -> open(request, wish);
        }
      }
    }
  }

  private void open(HttpServerRequest request, Wish wish) {
    var response =
        answers
            .head(request, 200)
            .putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
            .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
            .setChunked(true);
    var client = new Client(response);
    response.closeHandler(_ -> streams.execute(() -> streams.closed(client.session)));
    response.exceptionHandler(_ -> {});
    streams.execute(
        () -> {
          long head = streams.head();
          client.session.outbound().send("retry: 1000\n: head " + head + "\n\n");
          client.session.outbound().flush();
          streams.open(client.session);
          client.session.add(
              "", streams.subscription(client.session, new Frames.EventStream(), wish, head));
        });
  }

  private final class Client implements Outbound.Wire, Session.Ending {
    private final HttpServerResponse response;
    private final Session session;
    private final StringBuilder gathered = new StringBuilder();

    Client(HttpServerResponse response) {
      this.response = response;
      this.session = new Session(streams, this, this);
    }

    @Override
    public void write(String frame) {
      gathered.append(frame);
    }

    @Override
    public Future<Void> flush() {
      var chunk = Buffer.buffer(gathered.toString());
      gathered.setLength(0);
      return response.closed() ? Future.failedFuture("the client has left") : response.write(chunk);
    }

    @Override
    public void slow() {
      var _ = end();
    }

    @Override
    public Future<Void> draining() {
      return end();
    }

    private Future<Void> end() {
      return response.ended() || response.closed() ? Future.succeededFuture() : response.end();
    }
  }
}
