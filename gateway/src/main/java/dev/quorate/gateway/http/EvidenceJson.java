package dev.quorate.gateway.http;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Genesis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * Evidence with all that is needed to check it by hand: the key, and for each vote the very bytes
 * that were signed.
 */
final class EvidenceJson {
  private final Genesis genesis;

  EvidenceJson(Genesis genesis) {
    this.genesis = genesis;
  }

  JsonObject of(DuplicateVoteEvidence evidence) {
    var offence = evidence.offence();
    var pair = evidence.pair();
    return new JsonObject()
        .put("offence", offence.id().hex())
        .put("validator", validator(evidence))
        .put("totalPower", evidence.totalPower())
        .put("type", offence.type().name())
        .put("height", offence.height().value())
        .put("round", offence.round().value())
        .put("time", evidence.time().toString())
        .put("votes", JsonArray.of(vote(pair.first()), vote(pair.second())))
        .put("encoded", base64(evidence.encode()));
  }

  private JsonObject validator(DuplicateVoteEvidence evidence) {
    var id = evidence.validator();
    var json = new JsonObject().put("name", genesis.nameOf(id)).put("address", id.address().hex());
    genesis.validatorSet().find(id).ifPresent(it -> json.put("key", base64(it.key().bytes())));
    return json.put("power", evidence.power()).put("index", evidence.index());
  }

  private JsonObject vote(SignedVote signed) {
    var vote = signed.vote();
    var json = new JsonObject();
    if (vote.blockId().isNone()) {
      json.putNull("blockId");
    } else {
      json.put("blockId", BlockJson.blockId(vote.blockId()));
    }
    return json.put("timestamp", vote.timestamp().toString())
        .put("signature", base64(signed.signature().bytes()))
        .put("signBytes", base64(vote.signBytes(genesis.chainId())));
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }
}
