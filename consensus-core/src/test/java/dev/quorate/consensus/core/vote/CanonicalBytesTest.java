package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quorate.consensus.core.Four;
import dev.quorate.consensus.core.Vectors;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CanonicalBytesTest {
  @Test
  void encodesThePublishedVotes() {
    var vectors = Vectors.read("vote_sign_bytes.json").get("vectors");
    assertThat(vectors).hasSize(7);
    for (var vector : vectors) {
      var encoded =
          CanonicalBytes.vote(
              vector.get("type").asInt(),
              new Height(vector.get("height").asLong()),
              new Round(vector.get("round").asInt()),
              blockId(vector.get("block_id")),
              Instant.parse(vector.get("timestamp").asText()),
              vector.get("chain_id").asText());

      assertThat(encoded.hex()).isEqualTo(vector.get("sign_bytes_hex").asText());
    }
  }

  @Test
  void writesNoPolRoundAsTenBytes() {
    var encoded =
        CanonicalBytes.proposal(new Height(1), new Round(0), -1, BlockId.NONE, Instant.EPOCH, "c");

    assertThat(encoded.hex())
        .isEqualTo("1b0820" + "110100000000000000" + "20ffffffffffffffffff01" + "3200" + "3a0163");
  }

  @Test
  void tellsEverythingApartThatAVoteSays() {
    var vote = Four.commit("a", Four.BLOCK);
    var otherParts = new BlockId(Four.BLOCK.hash(), Four.OTHER_BLOCK.parts());

    assertThat(vote.signBytes("chain"))
        .isNotEqualTo(vote.signBytes("chain-2"))
        .isNotEqualTo(Four.commit("a", Four.OTHER_BLOCK).signBytes("chain"))
        .isNotEqualTo(Four.commit("a", otherParts).signBytes("chain"))
        .isNotEqualTo(Four.commit("a", BlockId.NONE).signBytes("chain"))
        .isEqualTo(Four.commit("b", Four.BLOCK).signBytes("chain"));
  }

  private static BlockId blockId(JsonNode json) {
    if (json.isNull()) {
      return BlockId.NONE;
    }
    var parts = json.get("parts");
    return new BlockId(
        Hash.fromHex(json.get("hash").asText()),
        new PartSetHeader(parts.get("total").asLong(), Hash.fromHex(parts.get("hash").asText())));
  }
}
