package dev.quorate.gateway.http;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.gateway.Ordering;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidencePlace;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who was caught voting twice: what stands in the chain page by page, in its order, and on the last
 * page what waits for a block. Nothing follows from it by itself; operators decide.
 */
public final class EvidenceRoute {
  /** Pieces on a page when nothing is said. */
  static final int DEFAULT_LIMIT = 100;

  /** The most pieces on a page; as many as may wait for a block. */
  static final int MAX_LIMIT = 1_024;

  private static final Pattern PLACE =
      Pattern.compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,8})");
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,3}");
  private static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("no-cache");

  private final ChainReader chain;
  private final EvidenceJson json;
  private final Answers answers;

  public EvidenceRoute(Ordering ordering, Answers answers) {
    this.chain = ordering.chain();
    this.json = new EvidenceJson(ordering.genesis());
    this.answers = answers;
  }

  /** {@code GET /v1/evidence}. */
  public void handle(HttpServerRequest request) {
    switch (Query.of(request, List.of("after", "limit"))) {
      case Query.Faulty(var problem) -> answers.problem(request, problem);
      case Query.Parameters parameters -> {
        var after = parameters.get("after");
        var size = parameters.get("limit");
        var from =
            after.isEmpty()
                ? Optional.of(EvidencePlace.FIRST)
                : after.flatMap(EvidenceRoute::placeAfter);
        var limit =
            size.isEmpty() ? Optional.of(DEFAULT_LIMIT) : size.flatMap(EvidenceRoute::pageSize);
        if (from.isEmpty()) {
          var detail = "a place is the height of a block, a dot and an index: 42.0";
          answers.problem(request, Problem.parameter("after", detail));
        } else if (limit.isEmpty()) {
          answers.problem(
              request, Problem.parameter("limit", "a page has 1 to " + MAX_LIMIT + " pieces"));
        } else {
          request.response().putHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
          answers.json(request, 200, page(from.get(), limit.get()));
        }
      }
    }
  }

  private JsonObject page(EvidencePlace from, int limit) {
    // Asked for before the chain: what moves from one to the other meanwhile is not left out.
    var pending = chain.evidence().pending();
    var committed = chain.evidence().committed(from, limit + 1);
    boolean more = committed.size() > limit;
    var list = new JsonArray();
    committed.stream().limit(limit).map(this::committed).forEach(list::add);
    if (!more) {
      pending.stream()
          .filter(it -> chain.evidence().locate(it.offence().id()).isEmpty())
          .limit(limit - committed.size())
          .map(it -> json.of(it).put("state", "PENDING"))
          .forEach(list::add);
    }
    var page = new JsonObject().put("evidence", list).put("pending", pending.size());
    return more ? page.put("next", committed.get(limit - 1).place().toString()) : page;
  }

  private JsonObject committed(CommittedEvidence it) {
    var place = it.place();
    var included =
        new JsonObject().put("height", place.height().value()).put("index", place.index());
    chain.header(place.height()).ifPresent(header -> included.put("block", header.hash().hex()));
    return json.of(it.evidence()).put("state", "COMMITTED").put("included", included);
  }

  private static Optional<EvidencePlace> placeAfter(String text) {
    var match = PLACE.matcher(text);
    return match.matches()
        ? Optional.of(
            new EvidencePlace(
                    new Height(Long.parseLong(match.group(1))), Integer.parseInt(match.group(2)))
                .next())
        : Optional.empty();
  }

  private static Optional<Integer> pageSize(String text) {
    return LIMIT.matcher(text).matches()
        ? Optional.of(Integer.valueOf(text)).filter(it -> it <= MAX_LIMIT)
        : Optional.empty();
  }
}
