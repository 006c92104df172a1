package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what every answer has in common: the ledger's height, the date, the length, the form of an
 * error. Belongs to one event loop.
 */
public final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  static final CharSequence LEDGER_HEIGHT = HttpHeaders.createOptimized("X-Ledger-Height");
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");

  private final String node;
  private final LedgerHeight height;
  private final Counters counters;

  private CharSequence date = "";
  private long writtenHeight = Long.MIN_VALUE;
  private CharSequence heightText = "";

  public Answers(String node, LedgerHeight height, Counters counters) {
    this.node = node;
    this.height = height;
    this.counters = counters;
    refreshDate();
  }

  /** To be called once a second. */
  public void refreshDate() {
    var now = ZonedDateTime.now(ZoneOffset.UTC);
    date = HttpHeaders.createOptimized(DateTimeFormatter.RFC_1123_DATE_TIME.format(now));
  }

  /** Status and common headers, before whatever the route adds. */
  public HttpServerResponse head(HttpServerRequest request, int status) {
    return commonHeaders(request.response().setStatusCode(status));
  }

  /** What every answer carries, whatever its status. */
  public HttpServerResponse commonHeaders(HttpServerResponse response) {
    return response.putHeader(LEDGER_HEIGHT, heightText()).putHeader(HttpHeaders.DATE, date);
  }

  /** An answer that is JSON already. */
  public void json(HttpServerRequest request, int status, String body) {
    end(head(request, status).putHeader(HttpHeaders.CONTENT_TYPE, JSON), Buffer.buffer(body));
  }

  public void json(HttpServerRequest request, int status, JsonObject body) {
    json(request, status, body.encode());
  }

  public void json(HttpServerRequest request, int status, Bytes body) {
    end(
        head(request, status).putHeader(HttpHeaders.CONTENT_TYPE, JSON),
        Buffer.buffer(body.toArray()));
  }

  public void problem(HttpServerRequest request, Problem problem) {
    counters.problems.increment();
    var response = head(request, problem.status());
    if (problem.retryable()) {
      response.putHeader(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(problem.retryAfterMs(), 1_000L)));
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    end(response, encode(problem).toBuffer());
  }

  /** A failure of ours: told in the log in full, and to the client in one sentence. */
  public void failed(HttpServerRequest request, Throwable failure) {
    LOG.error("a request failed", failure);
    var response = request.response();
    if (response.headWritten() || response.ended()) {
      request.connection().close();
      return;
    }
    response.headers().clear();
    problem(
        request,
        Problem.of(500, "internal", "this node failed to answer; its log says why")
            .retryAfter(1_000));
  }

  /** Ends a response unless the client has left. */
  public static void end(HttpServerResponse response, Buffer body) {
    if (!response.closed()) {
      response.end(body);
    }
  }

  private JsonObject encode(Problem problem) {
    var json =
        new JsonObject()
            .put("type", "/problems/" + problem.code())
            .put("title", problem.code().replace('-', ' '))
            .put("status", problem.status())
            .put("detail", problem.detail())
            .put("code", problem.code())
            .put("node", node)
            .put("height", height.value())
            .put("retryable", problem.retryable());
    if (problem.retryable()) {
      json.put("retryAfterMs", problem.retryAfterMs());
    }
    problem.members().forEach(member -> json.put(member.name(), member.value()));
    return json;
  }

  private CharSequence heightText() {
    long now = height.value();
    if (now != writtenHeight) {
      writtenHeight = now;
      heightText = HttpHeaders.createOptimized(Long.toString(now));
    }
    return heightText;
  }
}
