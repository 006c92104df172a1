package dev.quorate.gateway.http;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.gateway.Ordering;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.light.LightBlock;
import dev.quorate.ledger.light.LightBlockJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Blocks by height, by hash, or the last one. They never change once they are here, but for the
 * proof of the newest one: where blocks carry commits, its successor brings the one that stays.
 */
public final class BlockRoutes {
  private static final CharSequence FOR_EVER =
      HttpHeaders.createOptimized("public, max-age=31536000, immutable");
  private static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("no-cache");

  /** Of the commit's hash in an entity tag. */
  private static final int TAG_DIGITS = 16;

  private final Ordering ordering;
  private final ChainReader chain;
  private final Answers answers;
  private final BlockJson json;

  public BlockRoutes(Ordering ordering, Answers answers) {
    this.ordering = ordering;
    this.chain = ordering.chain();
    this.answers = answers;
    this.json = new BlockJson(ordering.genesis());
  }

  /** {@code GET /v1/blocks/{ref}}. */
  public void block(HttpServerRequest request, String ref) {
    switch (Reference.of(ref)) {
      case Reference.Latest() -> send(request, latest(), Optional.empty());
      case Reference.At(var height) -> sendSettled(request, Optional.of(height));
      case Reference.Named(var hash) -> sendSettled(request, chain.heightOf(hash));
      case Reference.Nonsense() -> nonsense(request);
    }
  }

  /** {@code GET /v1/blocks/{ref}/light}: what a light client needs to accept the block. */
  public void light(HttpServerRequest request, String ref) {
    var stored =
        switch (Reference.of(ref)) {
          case Reference.Latest() -> latest();
          case Reference.At(var height) -> at(height);
          case Reference.Named(var hash) -> named(hash);
          case Reference.Nonsense() -> null;
        };
    if (stored == null) {
      nonsense(request);
    } else if (stored.isEmpty()) {
      unknown(request);
    } else {
      request.response().putHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
      answers.json(request, 200, light(stored.get()));
    }
  }

  /** The validators never change in this version: the genesis has those of every height. */
  private Bytes light(StoredBlock stored) {
    var genesis = ordering.genesis();
    var set = genesis.validatorSet();
    var header = stored.block().header();
    var provider =
        genesis.validators().stream()
            .filter(it -> it.name().equals(ordering.node()))
            .findFirst()
            .map(it -> ValidatorId.of(it.key()))
            .orElse(header.proposer());
    return LightBlockJson.write(
        new LightBlock(header, stored.commit(), set.members(), set.members(), provider));
  }

  private Optional<StoredBlock> latest() {
    return chain.tip().map(ChainState::height).flatMap(chain::block);
  }

  private Optional<StoredBlock> at(Height height) {
    return chain.block(height);
  }

  private Optional<StoredBlock> named(Hash hash) {
    return chain.heightOf(hash).flatMap(chain::block);
  }

  /** The tip is asked for first: what lies below it now will be the same whenever it is read. */
  private void sendSettled(HttpServerRequest request, Optional<Height> height) {
    var tip = chain.tip().map(ChainState::height);
    send(request, height.flatMap(chain::block), tip);
  }

  private void send(
      HttpServerRequest request, Optional<StoredBlock> found, Optional<Height> settledBelow) {
    if (found.isEmpty()) {
      unknown(request);
      return;
    }
    var stored = found.get();
    // The commit is part of the tag: another node may hold another one for the same block.
    var commit = stored.commit().hash().hex().substring(0, TAG_DIGITS);
    var tag = "\"" + stored.block().id().hash().hex() + "." + commit + "\"";
    boolean settled = settledBelow.filter(it -> it.isAbove(stored.block().height())).isPresent();
    var matches = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    boolean known = matches != null && (matches.contains(tag) || matches.strip().equals("*"));
    var response =
        answers
            .head(request, known ? 304 : 200)
            .putHeader(HttpHeaders.ETAG, tag)
            .putHeader(HttpHeaders.CACHE_CONTROL, settled ? FOR_EVER : ASK_AGAIN);
    if (known) {
      Answers.end(response, Buffer.buffer());
    } else {
      answers.json(request, 200, json.of(stored));
    }
  }

  private void nonsense(HttpServerRequest request) {
    answers.problem(
        request,
        Problem.parameter(
            "ref",
            "a block is named by its height, its hash (64 lower-case hex digits) or latest"));
  }

  private void unknown(HttpServerRequest request) {
    long latest =
        chain
            .tip()
            .map(tip -> tip.height().value())
            .orElse(ordering.chain().initialHeight().value() - 1);
    answers.problem(
        request,
        Problem.of(404, "unknown-block", "there is no such block here (yet)")
            .with("latestHeight", latest)
            .with("firstHeight", chain.initialHeight().value()));
  }

  /** How a client names a block. */
  private sealed interface Reference {
    record Latest() implements Reference {}

    record At(Height height) implements Reference {}

    record Named(Hash hash) implements Reference {}

    record Nonsense() implements Reference {}

    static Reference of(String text) {
      if (text.equals("latest")) {
        return new Latest();
      }
      var hash = Hex.hash(text);
      if (hash.isPresent()) {
        return new Named(hash.get());
      }
      boolean height =
          !text.isEmpty()
              && text.length() <= 19
              && text.chars().allMatch(c -> c >= '0' && c <= '9');
      try {
        return height ? new At(new Height(Long.parseLong(text))) : new Nonsense();
      } catch (NumberFormatException above64Bits) {
        return new Nonsense();
      }
    }
  }
}
