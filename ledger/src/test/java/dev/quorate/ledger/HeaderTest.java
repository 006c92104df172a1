package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderTest {
  @Test
  void hashesThePublishedHeaders() {
    var vectors = Vectors.json("header_hash.json").get("vectors");

    assertThat(vectors).isNotEmpty();
    for (var vector : vectors) {
      var header = header(vector.get("header"));
      assertThat(HeaderCodec.leaves(header).stream().map(Bytes::hex))
          .containsExactlyElementsOf(texts(vector.get("leaves_hex")));
      assertThat(header.hash()).isEqualTo(Hash.fromHex(vector.get("hash_hex").asText()));
    }
  }

  @Test
  void decodesWhatItEncodes() {
    for (var vector : Vectors.json("header_hash.json").get("vectors")) {
      var header = header(vector.get("header"));
      var encoded = Protos.bytes(HeaderCodec.toProto(header));

      assertThat(HeaderCodec.decode(encoded)).contains(header);
    }
  }

  @Test
  void leavesNoByteForWhatIsEmptyButWritesParentAndTime() {
    var leaves = HeaderCodec.leaves(emptied());

    assertThat(leaves.stream().map(Bytes::hex))
        .containsExactly(
            "",
            "",
            "",
            "088092b8c398feffffff01",
            "1200",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "0a14" + "00".repeat(20));
  }

  @Test
  void refusesWhatNoHeaderCanSay() {
    var header = Four.block(Four.START, "x").header();

    assertThatThrownBy(() -> with(header, "c".repeat(51), header.time()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(header, "four", Instant.parse("+10000-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(header, "four", CanonicalBytes.ZERO_TIME.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Header with(Header h, String chainId, Instant time) {
    return new Header(
        h.blockVersion(),
        h.appVersion(),
        chainId,
        h.height(),
        time,
        h.lastBlockId(),
        h.lastCommitHash(),
        h.dataHash(),
        h.validatorsHash(),
        h.nextValidatorsHash(),
        h.consensusHash(),
        h.appHash(),
        h.lastResultsHash(),
        h.evidenceHash(),
        h.proposer());
  }

  private static Header emptied() {
    return new Header(
        0,
        0,
        "",
        new Height(0),
        CanonicalBytes.ZERO_TIME,
        BlockId.NONE,
        Hash.NONE,
        Hash.NONE,
        Hash.NONE,
        Hash.NONE,
        Hash.NONE,
        Bytes.EMPTY,
        Hash.NONE,
        Hash.NONE,
        new ValidatorId(Bytes.wrap(new byte[20])));
  }

  private static Header header(JsonNode json) {
    var last = json.get("last_block_id");
    var parts = last.has("parts") ? "/parts" : "/part_set_header";
    return new Header(
        json.at("/version/block").asLong(),
        json.at("/version/app").asLong(),
        json.get("chain_id").asText(),
        new Height(json.get("height").asLong()),
        Instant.parse(json.get("time").asText()),
        new BlockId(
            hash(last, "/hash"),
            new PartSetHeader(last.at(parts + "/total").asLong(), hash(last, parts + "/hash"))),
        hash(json, "/last_commit_hash"),
        hash(json, "/data_hash"),
        hash(json, "/validators_hash"),
        hash(json, "/next_validators_hash"),
        hash(json, "/consensus_hash"),
        Bytes.fromHex(json.get("app_hash").asText()),
        hash(json, "/last_results_hash"),
        hash(json, "/evidence_hash"),
        new ValidatorId(Bytes.fromHex(json.get("proposer_address").asText())));
  }

  private static Hash hash(JsonNode json, String pointer) {
    return Hash.fromHex(json.at(pointer).asText());
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
