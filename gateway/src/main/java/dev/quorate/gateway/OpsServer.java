package dev.quorate.gateway;

import dev.quorate.gateway.http.Answers;
import dev.quorate.gateway.http.HealthRoutes;
import dev.quorate.gateway.http.MalformedRequests;
import dev.quorate.gateway.http.Routes;
import dev.quorate.gateway.http.ServerOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The listener for operators: health, version, metrics. */
final class OpsServer {
  private static final CharSequence EXPOSITION =
      HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");
  private static final int MAX_CLIENT_MESSAGE = 1_024;
  private static final long SECOND_MS = 1_000;

  private final GatewayContext gateway;
  private final Context loop;
  private final InetSocketAddress address;
  private final Answers answers;
  private final HttpServer server;

  OpsServer(GatewayContext gateway, Context loop, InetSocketAddress address) {
    this.gateway = gateway;
    this.loop = loop;
    this.address = address;
    answers = new Answers(gateway.ordering().node(), gateway.shared().height(), gateway.counters());
    var health = new HealthRoutes(gateway.ordering(), gateway.stopping()::get, answers);
    var routes =
        health
            .addTo(new Routes(loop.owner(), answers))
            .getWithQuery("/metrics", (request, _) -> metrics(request));
    var vertx = loop.owner();
    server =
        vertx
            .createHttpServer(ServerOptions.of(MAX_CLIENT_MESSAGE))
            .invalidRequestHandler(new MalformedRequests(answers)::handle)
            .requestHandler(routes::handle);
    vertx.setPeriodic(SECOND_MS, _ -> answers.refreshDate());
  }

  Future<HttpServer> listen() {
    return server.listen(ServerOptions.address(address, ServerOptions.Listener.OPS));
  }

  int port() {
    return server.actualPort();
  }

  Future<Void> shutdown(Duration grace) {
    return server.shutdown(grace);
  }

  /** Gathering them may take a while, so it happens beside the loop. */
  private void metrics(HttpServerRequest request) {
    loop.executeBlocking(() -> gateway.metrics().get())
        .onSuccess(
            text ->
                Answers.end(
                    answers.head(request, 200).putHeader(HttpHeaders.CONTENT_TYPE, EXPOSITION),
                    Buffer.buffer(text)))
        .onFailure(failure -> answers.failed(request, failure));
  }
}
