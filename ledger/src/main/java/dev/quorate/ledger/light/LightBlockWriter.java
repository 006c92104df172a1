package dev.quorate.ledger.light;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Header;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes the JSON form, member by member. */
final class LightBlockWriter {
  private final JsonGenerator json;

  LightBlockWriter(JsonGenerator json) {
    this.json = json;
  }

  void lightBlock(LightBlock block) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("signed_header");
    json.writeFieldName("header");
    header(block.header());
    json.writeFieldName("commit");
    commit(block.commit());
    json.writeEndObject();
    validatorSet("validator_set", block.validators());
    validatorSet("next_validator_set", block.nextValidators());
    hex("provider", block.provider().address());
    json.writeEndObject();
  }

  private void header(Header header) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("version");
    number("block", header.blockVersion());
    number("app", header.appVersion());
    json.writeEndObject();
    json.writeStringField("chain_id", header.chainId());
    number("height", header.height().value());
    json.writeStringField("time", header.time().toString());
    if (header.lastBlockId().isNone()) {
      json.writeNullField("last_block_id");
    } else {
      blockId("last_block_id", header.lastBlockId());
    }
    hex("last_commit_hash", header.lastCommitHash());
    hex("data_hash", header.dataHash());
    hex("validators_hash", header.validatorsHash());
    hex("next_validators_hash", header.nextValidatorsHash());
    hex("consensus_hash", header.consensusHash());
    hex("app_hash", header.appHash());
    hex("last_results_hash", header.lastResultsHash());
    hex("evidence_hash", header.evidenceHash());
    hex("proposer_address", header.proposer().address());
    json.writeEndObject();
  }

  private void commit(Commit commit) throws IOException {
    json.writeStartObject();
    number("height", commit.height().value());
    json.writeNumberField("round", commit.round().value());
    blockId("block_id", commit.blockId());
    json.writeArrayFieldStart("signatures");
    for (var place : commit.signatures()) {
      commitSig(place);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void commitSig(CommitSig place) throws IOException {
    json.writeStartObject();
    json.writeNumberField("block_id_flag", place.flag().code());
    hex("validator_address", place.validator().map(it -> it.address()).orElse(Bytes.EMPTY));
    json.writeStringField("timestamp", place.timestamp().toString());
    base64("signature", place.signature().map(it -> it.bytes()).orElse(Bytes.EMPTY));
    json.writeEndObject();
  }

  private void validatorSet(String name, List<Validator> inSetOrder) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("validators");
    for (var validator : inSetOrder) {
      json.writeStartObject();
      hex("address", validator.id().address());
      json.writeObjectFieldStart("pub_key");
      json.writeStringField("type", LightBlockReader.ED25519);
      base64("value", validator.key().bytes());
      json.writeEndObject();
      number("voting_power", validator.power());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void blockId(String name, BlockId id) throws IOException {
    json.writeObjectFieldStart(name);
    hex("hash", id.hash());
    json.writeObjectFieldStart("part_set_header");
    json.writeNumberField("total", id.parts().total());
    hex("hash", id.parts().hash());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void number(String name, long value) throws IOException {
    json.writeStringField(name, Long.toString(value));
  }

  private void hex(String name, Hash hash) throws IOException {
    hex(name, hash.bytes());
  }

  private void hex(String name, Bytes bytes) throws IOException {
    json.writeStringField(name, bytes.hex().toUpperCase(Locale.ROOT));
  }

  private void base64(String name, Bytes bytes) throws IOException {
    json.writeStringField(name, Base64.getEncoder().encodeToString(bytes.toArray()));
  }
}
