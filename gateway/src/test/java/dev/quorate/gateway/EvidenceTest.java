package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Validator d is caught voting twice. */
@Timeout(60)
class EvidenceTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private Site site;

  @BeforeEach
  void open() {
    ordering.commit("a");
    site = Site.open(ordering);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void saysThatNobodyWasCaught() {
    assertThat(site.get("/v1/evidence").body()).isEqualTo("{\"evidence\":[],\"pending\":0}");
    assertThat(site.get("/v1/blocks/1").json().getJsonArray("evidence")).isEmpty();
  }

  @Test
  void showsWhatWaitsForABlock() {
    var evidence = ordering.accuse(1, 3);

    var page = site.get("/v1/evidence").json();
    assertThat(page.getInteger("pending")).isEqualTo(1);
    var piece = page.getJsonArray("evidence").getJsonObject(0);
    assertThat(piece.getString("state")).isEqualTo("PENDING");
    assertThat(piece.getString("offence")).isEqualTo(evidence.offence().id().hex());
    assertThat(piece.getJsonObject("validator").getString("name")).isEqualTo("d");
    assertThat(piece.getJsonObject("validator").getLong("power")).isEqualTo(1);
    assertThat(piece.getLong("totalPower")).isEqualTo(4);
    assertThat(piece.getString("type")).isEqualTo("PREPARE");
    assertThat(piece.getLong("height")).isEqualTo(1);
    assertThat(piece.getInteger("round")).isEqualTo(3);
    assertThat(piece.getString("time"))
        .isEqualTo(site.get("/v1/blocks/1").json().getString("time"));
    assertThat(piece.containsKey("included")).isFalse();
  }

  @Test
  void showsWhereItStandsOnceItIsInTheChain() {
    ordering.accuse(1, 0);
    var block = ordering.commitEvidence("b");

    var page = site.get("/v1/evidence").json();
    assertThat(page.getInteger("pending")).isZero();
    var piece = page.getJsonArray("evidence").getJsonObject(0);
    assertThat(piece.getString("state")).isEqualTo("COMMITTED");
    assertThat(piece.getJsonObject("included"))
        .isEqualTo(
            new JsonObject()
                .put("height", 2)
                .put("index", 0)
                .put("block", block.block().id().hash().hex()));
  }

  @Test
  void everyPieceIsEnoughToCheckIt() {
    ordering.accuse(1, 0);
    ordering.commitEvidence("b");

    var piece = site.get("/v1/evidence").json().getJsonArray("evidence").getJsonObject(0);
    var key = new PublicKey(bytes(piece.getJsonObject("validator").getString("key")));
    for (int i = 0; i < 2; i++) {
      var vote = piece.getJsonArray("votes").getJsonObject(i);
      var signature = new Signature(bytes(vote.getString("signature")));
      var signed = bytes(vote.getString("signBytes"));
      assertThat(Ed25519.INSTANCE.verify(key, signed, signature)).isTrue();
      assertThat(signed.hex()).contains(vote.getJsonObject("blockId").getString("hash"));
    }
    var encoded = bytes(piece.getString("encoded"));
    assertThat(DuplicateVoteEvidence.decode(encoded)).isPresent();
    assertThat(site.get("/v1/blocks/2").json().getJsonObject("header").getString("evidenceHash"))
        .isEqualTo(MerkleTree.root(List.of(encoded)).hex())
        .isNotEqualTo(Hash.sha256().hex());
  }

  @Test
  void aBlockShowsTheEvidenceInIt() {
    var evidence = ordering.accuse(1, 0);
    ordering.commitEvidence("b");

    var shown = site.get("/v1/blocks/2").json().getJsonArray("evidence");
    assertThat(shown).hasSize(1);
    assertThat(shown.getJsonObject(0).getString("offence"))
        .isEqualTo(evidence.offence().id().hex());
  }

  @Test
  void pagesThroughTheChainAndEndsWithWhatWaits() {
    for (int height = 1; height <= 3; height++) {
      ordering.accuse(height, 0);
      ordering.accuse(height, 1);
      ordering.commitEvidence("at " + height);
    }
    ordering.accuse(4, 7);

    var seen = new ArrayList<String>();
    var query = "?limit=4";
    for (int page = 0; page < 5 && !query.isEmpty(); page++) {
      var json = site.get("/v1/evidence" + query).json();
      for (var it : json.getJsonArray("evidence")) {
        var piece = (JsonObject) it;
        seen.add(piece.getString("state") + " " + piece.getLong("height"));
      }
      var next = json.getString("next");
      query = next == null ? "" : "?limit=4&after=" + next;
    }
    assertThat(seen)
        .containsExactly(
            "COMMITTED 1",
            "COMMITTED 1",
            "COMMITTED 2",
            "COMMITTED 2",
            "COMMITTED 3",
            "COMMITTED 3",
            "PENDING 4");
  }

  @Test
  void aFullPageHasNoRoomForWhatWaitsButCountsIt() {
    ordering.accuse(1, 0);
    ordering.commitEvidence("b");
    ordering.accuse(1, 1);

    var page = site.get("/v1/evidence?limit=1").json();
    assertThat(page.getJsonArray("evidence")).hasSize(1);
    assertThat(page.getInteger("pending")).isEqualTo(1);
    assertThat(site.get("/v1/evidence?limit=1&after=2.0").json().getJsonArray("evidence"))
        .hasSize(1);
  }

  private static Bytes bytes(String base64) {
    return Bytes.copyOf(Base64.getDecoder().decode(base64));
  }
}
