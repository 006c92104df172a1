package dev.quorate.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which method on which path does what. A template has at most one {@code {argument}}, which stands
 * for one segment. Whatever has no route, or fails, becomes a problem.
 */
public final class Routes {
  /** What a request does; the argument is empty where the template has none. */
  @FunctionalInterface
  public interface Action {
    void handle(HttpServerRequest request, String argument);
  }

  private final Router router;
  private final Answers answers;
  private final List<String> names = new ArrayList<>();

  public Routes(Vertx vertx, Answers answers) {
    this.router = Router.router(vertx);
    this.answers = answers;
    router.errorHandler(400, context -> malformed(context.request()));
    router.errorHandler(404, context -> nowhere(context.request()));
    router.errorHandler(500, this::failed);
  }

  /** A GET that takes no query: a parameter is refused by its name, for it was meant to matter. */
  public Routes get(String template, Action action) {
    return getWithQuery(
        template,
        (request, argument) -> {
          switch (Query.of(request, List.of())) {
            case Query.Faulty(var problem) -> answers.problem(request, problem);
            case Query.Parameters _ -> action.handle(request, argument);
          }
        });
  }

  /** A GET whose action judges the query. */
  public Routes getWithQuery(String template, Action action) {
    return add(template, List.of(HttpMethod.GET, HttpMethod.HEAD), action);
  }

  /** A GET that does not end by itself, so that HEAD makes no sense for it. */
  public Routes stream(String template, Action action) {
    return add(template, List.of(HttpMethod.GET), action);
  }

  public Routes post(String template, Action action) {
    return add(template, List.of(HttpMethod.POST), action);
  }

  /** Each route as {@code GET /v1/blocks/{ref}}, in the order of the table. */
  public List<String> names() {
    return List.copyOf(names);
  }

  public void handle(HttpServerRequest request) {
    router.handle(request);
  }

  private Routes add(String template, List<HttpMethod> methods, Action action) {
    var path = template.replace("{", ":").replace("}", "");
    for (var method : methods) {
      router
          .route(method, path)
          .handler(context -> action.handle(context.request(), argument(context)));
    }
    var allowed = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    router.route(path).handler(context -> otherMethod(context.request(), allowed));
    names.add(methods.getFirst().name() + " " + template);
    return this;
  }

  private static String argument(RoutingContext context) {
    return context.pathParams().values().stream().findFirst().orElse("");
  }

  private void otherMethod(HttpServerRequest request, String allowed) {
    request.response().putHeader(HttpHeaders.ALLOW, allowed);
    answers.problem(
        request, Problem.of(405, "method-not-allowed", "this path has other methods: " + allowed));
  }

  private void nowhere(HttpServerRequest request) {
    answers.problem(
        request, Problem.of(404, "not-found", "no such path; /openapi.json lists what there is"));
  }

  private void malformed(HttpServerRequest request) {
    answers.problem(
        request,
        Problem.of(
            400, "malformed-request", "the path, the query or the Host header is malformed"));
  }

  private void failed(RoutingContext context) {
    var failure = context.failure();
    answers.failed(
        context.request(), failure == null ? new IllegalStateException("no reason") : failure);
  }
}
