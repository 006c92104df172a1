package dev.quorate.gateway.http;

import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Location;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;

/** The answers about one transaction, written without a tree in between: they are the hot ones. */
final class TransactionAnswers {
  static final String PATH = "/v1/transactions";

  private final Answers answers;
  private final LedgerHeight height;

  TransactionAnswers(Answers answers, LedgerHeight height) {
    this.answers = answers;
    this.height = height;
  }

  /** Where it stands, for ever. */
  void committed(HttpServerRequest request, int status, Hash id, Location at) {
    height.raiseTo(at.height().value());
    var body =
        "{\"id\":\""
            + id.hex()
            + "\",\"state\":\"COMMITTED\",\"height\":"
            + at.height().value()
            + ",\"index\":"
            + at.index()
            + ",\"sequence\":"
            + at.sequence()
            + "}";
    write(request, status, body);
  }

  /** Where it is on its way. */
  void underway(HttpServerRequest request, int status, Hash id, String state) {
    var hex = id.hex();
    if (status == 202) {
      request.response().putHeader(HttpHeaders.LOCATION, PATH + "/" + hex);
    }
    write(request, status, "{\"id\":\"" + hex + "\",\"state\":\"" + state + "\"}");
  }

  /** The wait is over and nothing is decided. */
  void expired(HttpServerRequest request, Hash id, String state) {
    var path = PATH + "/" + id.hex();
    request.response().putHeader(HttpHeaders.LOCATION, path);
    answers.problem(
        request,
        Problem.of(
                504,
                "wait-expired",
                "it is still pending; ask again at the location, or send the same bytes again")
            .retryAfter(1_000)
            .with("txId", id.hex())
            .with("id", id.hex())
            .with("state", state)
            .with("location", path));
  }

  private void write(HttpServerRequest request, int status, String ascii) {
    Answers.end(
        answers
            .head(request, status)
            .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
            .putHeader(HttpHeaders.CACHE_CONTROL, Answers.NO_STORE),
        Buffer.buffer(ascii.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
