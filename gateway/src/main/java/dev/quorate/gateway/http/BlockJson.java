package dev.quorate.gateway.http;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.StoredBlock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A block in this API's own form: lower hex, heights as numbers, names beside addresses. */
final class BlockJson {
  private final Genesis genesis;
  private final EvidenceJson evidence;

  BlockJson(Genesis genesis) {
    this.genesis = genesis;
    this.evidence = new EvidenceJson(genesis);
  }

  JsonObject of(StoredBlock stored) {
    var block = stored.block();
    var header = block.header();
    var ids = new JsonArray();
    block.transactions().forEach(transaction -> ids.add(transaction.id().hex()));
    var accused = new JsonArray();
    block.readEvidence().orElseThrow().forEach(it -> accused.add(evidence.of(it)));
    var signers = new JsonArray();
    stored.commit().signatures().stream()
        .filter(it -> it.flag() == CommitSig.Flag.COMMIT)
        .flatMap(it -> it.validator().stream())
        .forEach(signer -> signers.add(genesis.nameOf(signer)));
    return new JsonObject()
        .put("height", header.height().value())
        .put("hash", block.id().hash().hex())
        .put("time", header.time().toString())
        .put("txs", block.transactions().size())
        .put("proposer", genesis.nameOf(header.proposer()))
        .put("round", stored.commit().round().value())
        .put("firstSequence", stored.firstSequence())
        .put("signers", signers)
        .put("blockId", blockId(block.id()))
        .put("header", header(header))
        .put("txIds", ids)
        .put("evidence", accused);
  }

  private static JsonObject header(Header header) {
    return new JsonObject()
        .put(
            "version",
            new JsonObject().put("block", header.blockVersion()).put("app", header.appVersion()))
        .put("chainId", header.chainId())
        .put("height", header.height().value())
        .put("time", header.time().toString())
        .put("lastBlockId", blockId(header.lastBlockId()))
        .put("lastCommitHash", header.lastCommitHash().hex())
        .put("dataHash", header.dataHash().hex())
        .put("validatorsHash", header.validatorsHash().hex())
        .put("nextValidatorsHash", header.nextValidatorsHash().hex())
        .put("consensusHash", header.consensusHash().hex())
        .put("appHash", header.appHash().hex())
        .put("lastResultsHash", header.lastResultsHash().hex())
        .put("evidenceHash", header.evidenceHash().hex())
        .put("proposerAddress", header.proposer().address().hex());
  }

  static JsonObject blockId(BlockId id) {
    Hash root = id.parts().hash();
    return new JsonObject()
        .put("hash", id.hash().hex())
        .put("parts", new JsonObject().put("total", id.parts().total()).put("hash", root.hex()));
  }
}
