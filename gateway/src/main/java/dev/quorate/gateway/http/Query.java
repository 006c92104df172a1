package dev.quorate.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a request: only known ones, each at most once. */
public sealed interface Query {
  /** What was given. */
  record Parameters(Map<String, String> values) implements Query {
    public Optional<String> get(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }

  /** A parameter that is unknown, repeated or not decodable. */
  record Faulty(Problem problem) implements Query {}

  static Query of(HttpServerRequest request, List<String> known) {
    var query = request.query();
    if (query == null || query.isEmpty()) {
      return new Parameters(Map.of());
    }
    var values = new LinkedHashMap<String, String>();
    try {
      for (var part : query.split("&", -1)) {
        var halves = part.split("=", 2);
        var name = URLDecoder.decode(halves[0], StandardCharsets.UTF_8);
        var value = halves.length == 1 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8);
        if (!known.contains(name)) {
          var those = known.isEmpty() ? "none" : String.join(", ", known);
          return faulty(name, "no such query parameter; known here: " + those);
        }
        if (values.put(name, value) != null) {
          return faulty(name, "the query parameter is repeated");
        }
      }
    } catch (IllegalArgumentException undecodable) {
      return faulty("query", "the query is not properly percent-encoded");
    }
    return new Parameters(values);
  }

  private static Faulty faulty(String field, String detail) {
    return new Faulty(Problem.parameter(field, detail));
  }
}
