package dev.quorate.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a request may become a WebSocket. */
public final class Upgrade {
  private final Set<String> allowedOrigins;

  public Upgrade(Set<String> allowedOrigins) {
    this.allowedOrigins = allowedOrigins;
  }

  /** What speaks against it, if anything does. */
  public Optional<Problem> objection(HttpServerRequest request) {
    var headers = request.headers();
    if (!headers.contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)
        || !containsUpgrade(request.getHeader(HttpHeaders.CONNECTION))) {
      return Optional.of(upgradeRequired("this path speaks WebSocket only"));
    }
    if (!"13".equals(headers.get("Sec-WebSocket-Version"))) {
      return Optional.of(upgradeRequired("WebSocket version 13 is spoken here"));
    }
    if (headers.get("Sec-WebSocket-Key") == null) {
      return Optional.of(Problem.parameter("Sec-WebSocket-Key", "the header is missing"));
    }
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !isOwn(request, origin) && !allowedOrigins.contains(origin)) {
      return Optional.of(
          Problem.of(403, "origin-not-allowed", "pages of that origin may not connect here")
              .with("field", "Origin"));
    }
    return Optional.empty();
  }

  private static Problem upgradeRequired(String detail) {
    return Problem.of(426, "upgrade-required", detail);
  }

  private static boolean containsUpgrade(String connection) {
    return connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  /** A page that this node served itself. */
  private static boolean isOwn(HttpServerRequest request, String origin) {
    var host = request.getHeader(HttpHeaders.HOST);
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }
}
