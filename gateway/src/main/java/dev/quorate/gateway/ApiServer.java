package dev.quorate.gateway;

import dev.quorate.gateway.http.Answers;
import dev.quorate.gateway.http.BlockRoutes;
import dev.quorate.gateway.http.BodyReader;
import dev.quorate.gateway.http.Connections;
import dev.quorate.gateway.http.EvidenceRoute;
import dev.quorate.gateway.http.HealthRoutes;
import dev.quorate.gateway.http.MalformedRequests;
import dev.quorate.gateway.http.NetworkRoutes;
import dev.quorate.gateway.http.OpenApi;
import dev.quorate.gateway.http.Problem;
import dev.quorate.gateway.http.Routes;
import dev.quorate.gateway.http.ServerOptions;
import dev.quorate.gateway.http.StatusRoute;
import dev.quorate.gateway.http.SubmitRoute;
import dev.quorate.gateway.http.Upgrade;
import dev.quorate.gateway.http.Waiters;
import dev.quorate.gateway.stream.EventsRoute;
import dev.quorate.gateway.stream.WebSocketRoute;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;

/**
 * The API listener's share of one event loop. It is made on that loop, and all that it holds
 * belongs to the loop.
 */
final class ApiServer {
  private static final String SUBMIT = "/v1/transactions";
  private static final int MAX_CLIENT_MESSAGE = 8_192;
  private static final long SECOND_MS = 1_000;

  private final GatewayContext gateway;
  private final Context loop;
  private final Answers answers;
  private final Connections connections;
  private final Waiters waiters;
  private final SubmitRoute submit;
  private final Routes routes;
  private final HttpServer server;

  ApiServer(GatewayContext gateway, Context loop) {
    this.gateway = gateway;
    this.loop = loop;
    var vertx = loop.owner();
    var config = gateway.config();
    var bounds = config.bounds();
    answers = new Answers(gateway.ordering().node(), gateway.shared().height(), gateway.counters());
    connections =
        new Connections(
            gateway.shared().connections(),
            gateway.counters(),
            bounds.requestTime(),
            bounds.idleTime());
    waiters = new Waiters(vertx, loop, gateway.ordering(), gateway.counters());
    submit =
        new SubmitRoute(
            loop,
            gateway.ordering(),
            waiters,
            new BodyReader(bounds.bodyBytes() / config.eventLoops()),
            answers,
            gateway.shared());
    routes = routes();
    server =
        vertx
            .createHttpServer(ServerOptions.of(MAX_CLIENT_MESSAGE))
            .connectionHandler(connections::opened)
            .invalidRequestHandler(new MalformedRequests(answers)::handle)
            .requestHandler(this::handle);
    vertx.setPeriodic(
        SECOND_MS,
        _ -> {
          answers.refreshDate();
          connections.sweep();
        });
  }

  Future<HttpServer> listen() {
    return server.listen(ServerOptions.address(gateway.config().api(), ServerOptions.Listener.API));
  }

  int port() {
    return server.actualPort();
  }

  List<String> routeNames() {
    return routes.names();
  }

  Waiters waiters() {
    return waiters;
  }

  /** Answers the requests that wait, from any thread. */
  void stopWaiting() {
    loop.runOnContext(_ -> waiters.stop());
  }

  /** Lets answers under way finish for so long, then closes what is left. */
  Future<Void> shutdown(Duration grace) {
    return server.shutdown(grace);
  }

  private Routes routes() {
    var ordering = gateway.ordering();
    var shared = gateway.shared();
    var status = new StatusRoute(ordering, waiters, answers, shared);
    var blocks = new BlockRoutes(ordering, answers);
    var network = new NetworkRoutes(ordering, answers);
    var evidence = new EvidenceRoute(ordering, answers);
    var events = new EventsRoute(gateway.streams(), answers);
    var health = new HealthRoutes(ordering, gateway.stopping()::get, answers);
    return health
        .addTo(new Routes(loop.owner(), answers))
        .post(SUBMIT, (request, _) -> submit(request, connections.of(request)))
        .getWithQuery("/v1/transactions/{id}", status::handle)
        .get("/v1/blocks/{ref}", blocks::block)
        .get("/v1/blocks/{ref}/light", blocks::light)
        .get("/v1/validators", (request, _) -> network.validators(request))
        .getWithQuery("/v1/evidence", (request, _) -> evidence.handle(request))
        .get("/v1/network", (request, _) -> network.network(request))
        .get("/v1/genesis", (request, _) -> network.genesis(request))
        .get("/v1/consensus", (request, _) -> network.consensus(request))
        .stream("/v1/events", (request, _) -> events.handle(request))
        .stream("/v1/ws", (request, _) -> upgrade(request))
        .get("/openapi.json", (request, _) -> answers.json(request, 200, OpenApi.document()));
  }

  /**
   * Begins a request. Of a client that sends many and reads no answers only so many are begun:
   * Vert.x takes the next when the answer before it fits into the socket's buffer.
   */
  private void handle(HttpServerRequest request) {
    var line = connections.begin(request).orElse(null);
    if (line == null) {
      return;
    }
    gateway.counters().requests.increment();
    if (!request.method().equals(HttpMethod.POST)) {
      line.answering();
      routes.handle(request);
    } else if (SUBMIT.equals(request.path())) {
      submit(request, line);
    } else {
      routes.handle(request);
    }
  }

  /** The hot path, which goes around the router. */
  private void submit(HttpServerRequest request, Connections.Line line) {
    if (gateway.stopping().get()) {
      answers.problem(request, Problem.of(new Rejection.Stopping()));
      return;
    }
    try {
      submit.handle(request, line);
    } catch (RuntimeException failure) {
      answers.failed(request, failure);
    }
  }

  private void upgrade(HttpServerRequest request) {
    var objection = new Upgrade(gateway.config().allowedOrigins()).objection(request);
    if (objection.isPresent()) {
      answers.problem(request, objection.get());
      return;
    }
    var line = connections.of(request);
    answers.commonHeaders(request.response());
    var route = new WebSocketRoute(gateway.streams());
    request.toWebSocket().onSuccess(socket -> route.serve(socket, line));
  }
}
