package dev.quorate.gateway.http;

import dev.quorate.gateway.Ordering;
import dev.quorate.gateway.Readiness;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;

/** Is it alive, should clients come here, what is it. */
public final class HealthRoutes {
  private final Ordering ordering;
  private final BooleanSupplier stopping;
  private final Answers answers;

  public HealthRoutes(Ordering ordering, BooleanSupplier stopping, Answers answers) {
    this.ordering = ordering;
    this.stopping = stopping;
    this.answers = answers;
  }

  /** Both listeners answer these, whatever query a probe may add. */
  public Routes addTo(Routes routes) {
    return routes
        .getWithQuery("/livez", (request, _) -> live(request))
        .getWithQuery("/readyz", (request, _) -> ready(request))
        .getWithQuery("/version", (request, _) -> version(request));
  }

  /** {@code GET /livez}: that it answers is the answer. */
  private void live(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CACHE_CONTROL, Answers.NO_STORE);
    answers.json(request, 200, "{\"live\":true}");
  }

  /** {@code GET /readyz}: 200 if all checks hold, else 503, both with the list. */
  private void ready(HttpServerRequest request) {
    var readiness = ordering.readiness();
    if (stopping.getAsBoolean()) {
      readiness = readiness.and(new Readiness.Check("running", false, "the node is shutting down"));
    }
    var checks = new JsonArray();
    readiness
        .checks()
        .forEach(
            check ->
                checks.add(
                    new JsonObject()
                        .put("name", check.name())
                        .put("ok", check.ok())
                        .put("why", check.why())));
    request.response().putHeader(HttpHeaders.CACHE_CONTROL, Answers.NO_STORE);
    answers.json(
        request,
        readiness.ready() ? 200 : 503,
        new JsonObject().put("ready", readiness.ready()).put("checks", checks));
  }

  /** {@code GET /version}. */
  private void version(HttpServerRequest request) {
    var version = ordering.version();
    answers.json(
        request,
        200,
        new JsonObject()
            .put("name", "quorate")
            .put("version", version.version())
            .put("commit", version.commit())
            .put("node", ordering.node())
            .put("java", Runtime.version().toString()));
  }
}
