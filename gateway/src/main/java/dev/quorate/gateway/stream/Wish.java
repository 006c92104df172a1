package dev.quorate.gateway.stream;

import dev.quorate.gateway.http.Problem;
import dev.quorate.gateway.http.Query;
import java.util.List;
import java.util.Optional;

/**
 * What a subscriber asks for.
 *
 * @param start where to begin
 * @param blocks whether block events are wanted
 * @param transactions whether transaction events are wanted
 * @param payloads whether transaction events carry the transaction's bytes
 */
record Wish(Start start, boolean blocks, boolean transactions, boolean payloads) {

  /** Where a stream begins. */
  sealed interface Start {
    /** With this block. */
    record At(long height) implements Start {}

    /** With what follows this place. */
    record After(Position position) implements Start {}

    /** With the next block to come. */
    record Next() implements Start {}
  }

  /** A wish, or what is wrong with it. */
  sealed interface Reading {
    record Understood(Wish wish) implements Reading {}

    record Faulty(Problem problem) implements Reading {}
  }

  /** The parameters of {@code GET /v1/events}, and the place that a reconnecting client sends. */
  static Reading ofQuery(Query.Parameters query, Optional<String> lastEventId) {
    Start start = new Start.Next();
    if (lastEventId.isPresent()) {
      var after = Position.parse(lastEventId.get());
      if (after.isEmpty()) {
        return faulty("Last-Event-ID", "a place in the stream is written 42 or 42.7");
      }
      start = new Start.After(after.get());
    } else if (query.get("from").isPresent()) {
      var height = query.get("from").flatMap(Position::height);
      if (height.isEmpty()) {
        return faulty("from", "from is the height of the first block to send");
      }
      start = new Start.At(height.get());
    }
    var types = List.of(query.get("types").orElse("block,tx").split(",", -1));
    if (!areTypes(types)) {
      return faulty("types", "types is block, tx or block,tx");
    }
    var payload = query.get("payload").orElse("hash");
    if (!isPayload(payload)) {
      return faulty("payload", "payload is hash or full");
    }
    return new Reading.Understood(of(start, types, payload));
  }

  static Wish of(Start start, List<String> types, String payload) {
    return new Wish(start, types.contains("block"), types.contains("tx"), payload.equals("full"));
  }

  static boolean areTypes(List<String> types) {
    return !types.isEmpty()
        && types.stream().distinct().count() == types.size()
        && types.stream().allMatch(type -> type.equals("block") || type.equals("tx"));
  }

  static boolean isPayload(String payload) {
    return payload.equals("hash") || payload.equals("full");
  }

  private static Reading faulty(String field, String detail) {
    return new Reading.Faulty(Problem.parameter(field, detail));
  }
}
