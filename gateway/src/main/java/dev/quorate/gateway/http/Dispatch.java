package dev.quorate.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/** Sends a request to its route; whatever has none, is malformed or fails becomes a problem. */
public final class Dispatch {
  private final Routes routes;
  private final Answers answers;

  public Dispatch(Routes routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  public void handle(HttpServerRequest request) {
    try {
      var path = Objects.requireNonNullElse(request.path(), "");
      switch (routes.find(request.method(), path)) {
        case Routes.Match.Found(var action, var argument) -> action.handle(request, argument);
        case Routes.Match.OtherMethod(var allowed) -> {
          request.response().putHeader(HttpHeaders.ALLOW, allowed);
          answers.problem(
              request,
              Problem.of(405, "method-not-allowed", "this path has other methods: " + allowed));
        }
        case Routes.Match.Nowhere() ->
            answers.problem(
                request,
                Problem.of(404, "not-found", "no such path; /openapi.json lists what there is"));
      }
    } catch (RuntimeException failure) {
      answers.failed(request, failure);
    }
  }

  /** What is not HTTP as we speak it; the connection ends. */
  public void malformed(HttpServerRequest request) {
    // The cause is named in words only: its type belongs to a library that is not named here.
    var cause = String.valueOf(request.decoderResult());
    var problem =
        cause.contains("TooLongHttpLine")
            ? Problem.of(414, "uri-too-long", "at most " + ServerOptions.MAX_LINE + " bytes")
            : cause.contains("TooLongHttpHeader")
                ? Problem.of(
                    431, "headers-too-large", "at most " + ServerOptions.MAX_HEADERS + " bytes")
                : Problem.of(400, "malformed-request", "this is not well-formed HTTP/1.1");
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    answers.problem(request, problem);
    request.connection().close();
  }
}
