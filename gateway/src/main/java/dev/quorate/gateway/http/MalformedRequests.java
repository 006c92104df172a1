package dev.quorate.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is not HTTP as we speak it, and closes the connection. */
public final class MalformedRequests {
  private final Answers answers;

  public MalformedRequests(Answers answers) {
    this.answers = answers;
  }

  public void handle(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    answers.problem(request, problem(request));
    request.connection().close();
  }

  /** The cause is known in words only: its type belongs to a library that is not named here. */
  private static Problem problem(HttpServerRequest request) {
    var cause = String.valueOf(request.decoderResult());
    if (cause.contains("TooLongHttpLine")) {
      return Problem.of(
          414, "uri-too-long", "a request line has at most " + ServerOptions.MAX_LINE + " bytes");
    }
    if (cause.contains("TooLongHttpHeader")) {
      return Problem.of(
          431, "headers-too-large", "headers have at most " + ServerOptions.MAX_HEADERS + " bytes");
    }
    return Problem.of(400, "malformed-request", "this is not well-formed HTTP/1.1");
  }
}
