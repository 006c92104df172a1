package dev.quorate.gateway.http;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.gateway.Ordering;
import dev.quorate.ledger.Genesis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** What the network agreed on: validators, limits, the genesis file; and where consensus stands. */
public final class NetworkRoutes {
  private final Ordering ordering;
  private final Genesis genesis;
  private final Answers answers;

  public NetworkRoutes(Ordering ordering, Answers answers) {
    this.ordering = ordering;
    this.genesis = ordering.genesis();
    this.answers = answers;
  }

  /** {@code GET /v1/validators}: in set order. */
  public void validators(HttpServerRequest request) {
    var set = genesis.validatorSet();
    var list = new JsonArray();
    for (var validator : set.members()) {
      list.add(
          new JsonObject()
              .put("name", genesis.nameOf(validator.id()))
              .put("address", validator.id().address().hex())
              .put("key", Base64.getEncoder().encodeToString(validator.key().bytes().toArray()))
              .put("power", validator.power()));
    }
    answers.json(request, 200, powers(new JsonObject(), set).put("validators", list));
  }

  /** {@code GET /v1/network}. */
  public void network(HttpServerRequest request) {
    var limits = genesis.limits();
    var json =
        new JsonObject()
            .put("chainId", genesis.chainId())
            .put("engine", genesis.engine())
            .put("genesisHash", genesis.hash().hex())
            .put("genesisTime", genesis.genesisTime().toString())
            .put("initialHeight", genesis.initialHeight().value())
            .put("demo", genesis.demo())
            .put("node", ordering.node());
    powers(json, genesis.validatorSet())
        .put(
            "limits",
            new JsonObject()
                .put("maxTxBytes", limits.maxTxBytes())
                .put("maxBlockBytes", limits.maxBlockBytes())
                .put("batchBytes", limits.batchBytes())
                .put("batchTransactions", limits.batchTransactions()));
    answers.json(request, 200, json);
  }

  /** {@code GET /v1/genesis}: the file byte for byte, whose SHA-256 names the network. */
  public void genesis(HttpServerRequest request) {
    Answers.end(
        answers
            .head(request, 200)
            .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
            .putHeader(HttpHeaders.ETAG, "\"" + genesis.hash().hex() + "\""),
        Buffer.buffer(genesis.bytes().toArray()));
  }

  /** {@code GET /v1/consensus}. */
  public void consensus(HttpServerRequest request) {
    var view = ordering.consensus();
    var peers = new JsonArray();
    view.peers()
        .forEach(
            peer ->
                peers.add(
                    new JsonObject().put("name", peer.name()).put("connected", peer.connected())));
    answers.json(
        request,
        200,
        new JsonObject()
            .put("engine", view.engine())
            .put("node", ordering.node())
            .put("height", view.height().value())
            .put(view.roundWord(), view.round())
            .put(view.leaderWord(), view.leader())
            .put("active", view.active())
            .put("votes", view.votes())
            .put("inFlight", view.inFlight())
            .put("pending", view.pending())
            .put("peersConnected", view.peers().stream().filter(it -> it.connected()).count())
            .put("peers", peers));
  }

  private static JsonObject powers(JsonObject json, ValidatorSet set) {
    return json.put("validatorCount", set.size())
        .put("totalPower", set.totalPower())
        .put("quorumPower", set.quorumPower())
        .put("toleratedPower", set.toleratedPower());
  }
}
