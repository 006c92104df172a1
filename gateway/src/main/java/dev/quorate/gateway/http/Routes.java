package dev.quorate.gateway.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which method on which path does what. A template has at most one {@code {argument}}, which stands
 * for one segment; a path is taken as it was sent, without decoding it.
 */
public final class Routes {
  /** What a request does; the argument is empty where the template has none. */
  @FunctionalInterface
  public interface Action {
    void handle(HttpServerRequest request, String argument);
  }

  /** What the table says about a request. */
  public sealed interface Match {
    record Found(Action action, String argument) implements Match {}

    /** The path exists, with other methods, which are listed for the Allow header. */
    record OtherMethod(String allowed) implements Match {}

    record Nowhere() implements Match {}
  }

  private record Route(
      HttpMethod method,
      boolean head,
      String template,
      String before,
      String behind,
      Action action) {
    boolean answers(HttpMethod wanted) {
      return method.equals(wanted) || (head && wanted.equals(HttpMethod.HEAD));
    }

    /** The argument in a path that fits; the empty text for a template without one. */
    Optional<String> fit(String path) {
      if (before.length() == template.length()) {
        return path.equals(template) ? Optional.of("") : Optional.empty();
      }
      int end = path.length() - behind.length();
      if (end <= before.length() || !path.startsWith(before) || !path.endsWith(behind)) {
        return Optional.empty();
      }
      var argument = path.substring(before.length(), end);
      return argument.indexOf('/') < 0 ? Optional.of(argument) : Optional.empty();
    }
  }

  private final List<Route> routes = new ArrayList<>();

  public Routes get(String template, Action action) {
    return add(HttpMethod.GET, template, action, true);
  }

  public Routes post(String template, Action action) {
    return add(HttpMethod.POST, template, action, false);
  }

  /** A GET that does not end by itself, so that HEAD makes no sense for it. */
  public Routes stream(String template, Action action) {
    return add(HttpMethod.GET, template, action, false);
  }

  public Match find(HttpMethod method, String path) {
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var argument = route.fit(path);
      if (argument.isPresent() && route.answers(method)) {
        return new Match.Found(route.action(), argument.get());
      }
      if (argument.isPresent()) {
        allowed.add(route.method().name());
        if (route.head()) {
          allowed.add(HttpMethod.HEAD.name());
        }
      }
    }
    return allowed.isEmpty()
        ? new Match.Nowhere()
        : new Match.OtherMethod(String.join(", ", allowed));
  }

  /** Each route as {@code GET /v1/blocks/{ref}}, in the order of the table. */
  public List<String> names() {
    return routes.stream().map(it -> it.method().name() + " " + it.template()).toList();
  }

  private Routes add(HttpMethod method, String template, Action action, boolean head) {
    int open = template.indexOf('{');
    int close = template.indexOf('}');
    routes.add(
        open < 0
            ? new Route(method, head, template, template, "", action)
            : new Route(
                method,
                head,
                template,
                template.substring(0, open),
                template.substring(close + 1),
                action));
    return this;
  }
}
