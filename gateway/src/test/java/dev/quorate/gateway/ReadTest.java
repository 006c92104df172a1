package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.light.LightBlockJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadTest {
  private static final String NOBODYS = "0".repeat(64);

  private final SoloOrdering ordering = new SoloOrdering();
  private Site site;

  @BeforeEach
  void open() {
    ordering.commit("a", "b");
    ordering.commit("c");
    site = Site.open(ordering);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void tellsWhereATransactionStands() {
    var answer = site.get("/v1/transactions/" + SubmitTest.id("c"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            new JsonObject()
                .put("id", SubmitTest.id("c"))
                .put("state", "COMMITTED")
                .put("height", 2)
                .put("index", 0)
                .put("sequence", 2));
  }

  @Test
  void tellsThatATransactionIsUnderway() {
    site.submit("d");

    assertThat(site.get("/v1/transactions/" + SubmitTest.id("d")).json())
        .isEqualTo(new JsonObject().put("id", SubmitTest.id("d")).put("state", "ADMITTED"));
  }

  @Test
  void tellsSinceWhenATransactionWouldBeKnown() {
    var answer = site.get("/v1/transactions/" + NOBODYS);

    assertThat(answer.problem()).isEqualTo("404 unknown-transaction");
    assertThat(answer.json().getLong("knownSinceHeight")).isEqualTo(1);
    assertThat(answer.json().getString("txId")).isEqualTo(NOBODYS);
  }

  @Test
  void waitsForATransactionThatNobodyHasSentYet() {
    var request =
        HttpRequest.newBuilder(site.uri("/v1/transactions/" + SubmitTest.id("d") + "?wait=30"));
    var waiting = CompletableFuture.supplyAsync(() -> site.send(request));
    Site.until(() -> site.gateway().figures().waits() > 0);
    ordering.commit("d");

    assertThat(waiting.join().json().getInteger("height")).isEqualTo(3);
  }

  @Test
  void tellsWhatIsKnownWhenTheWaitIsOver() {
    site.submit("d");

    assertThat(
            site.get("/v1/transactions/" + SubmitTest.id("d") + "?wait=1")
                .json()
                .getString("state"))
        .isEqualTo("ADMITTED");
    assertThat(site.get("/v1/transactions/" + NOBODYS + "?wait=1").status()).isEqualTo(404);
  }

  @Test
  void showsABlockByHeightByHashAndAsTheLatest() {
    var byHeight = site.get("/v1/blocks/2");
    var block = byHeight.json();
    var hash = block.getString("hash");

    assertThat(site.get("/v1/blocks/" + hash).body()).isEqualTo(byHeight.body());
    assertThat(site.get("/v1/blocks/latest").body()).isEqualTo(byHeight.body());
    assertThat(block.getLong("height")).isEqualTo(2);
    assertThat(block.getInteger("txs")).isEqualTo(1);
    assertThat(block.getString("proposer")).isEqualTo("b");
    assertThat(block.getInteger("round")).isZero();
    assertThat(block.getLong("firstSequence")).isEqualTo(2);
    assertThat(block.getJsonArray("signers")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(block.getJsonArray("txIds")).isEqualTo(JsonArray.of(SubmitTest.id("c")));
    assertThat(block.getJsonObject("header").getString("chainId")).isEqualTo("solo");
    assertThat(block.getJsonObject("header").getJsonObject("lastBlockId").getString("hash"))
        .isEqualTo(site.get("/v1/blocks/1").json().getString("hash"));
  }

  @Test
  void letsABlockBeKeptForEver() {
    var first = site.get("/v1/blocks/1");
    var tag = first.header("ETag");
    var again =
        site.send(HttpRequest.newBuilder(site.uri("/v1/blocks/1")).header("If-None-Match", tag));

    assertThat(first.header("Cache-Control")).contains("immutable");
    assertThat(tag).startsWith("\"" + first.json().getString("hash"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
    assertThat(site.get("/v1/blocks/latest").header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void theNewestBlockIsAskedForAgainBecauseItsCommitMayStillChange() {
    var byHeight = site.get("/v1/blocks/2");
    var byHash = site.get("/v1/blocks/" + byHeight.json().getString("hash"));

    assertThat(byHeight.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(byHash.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void saysWhichBlocksThereAre() {
    for (var ref : new String[] {"0", "3", NOBODYS, "3/light", NOBODYS + "/light"}) {
      var answer = site.get("/v1/blocks/" + ref);
      assertThat(answer.problem()).isEqualTo("404 unknown-block");
      assertThat(answer.json().getLong("latestHeight")).isEqualTo(2);
      assertThat(answer.json().getLong("firstHeight")).isEqualTo(1);
    }
  }

  @Test
  void hasNoLatestBlockBeforeTheFirst() {
    try (var empty = Site.open()) {
      var answer = empty.get("/v1/blocks/latest");
      assertThat(answer.problem()).isEqualTo("404 unknown-block");
      assertThat(answer.json().getLong("latestHeight")).isZero();
    }
  }

  @Test
  void exportsWhatALightClientNeeds() {
    var answer = site.get("/v1/blocks/2/light");

    assertThat(answer.json().fieldNames())
        .containsExactlyInAnyOrder(
            "signed_header", "validator_set", "next_validator_set", "provider");
    assertThat(LightBlockJson.read(Bytes.utf8(answer.body())))
        .isInstanceOfSatisfying(
            LightBlockJson.Reading.Read.class,
            read -> {
              var stored = ordering.chain().block(read.block().height()).orElseThrow();
              assertThat(read.block().header()).isEqualTo(stored.block().header());
              assertThat(read.block().commit()).isEqualTo(stored.commit());
              assertThat(read.block().validators())
                  .isEqualTo(ordering.genesis().validatorSet().members());
            });
  }

  @Test
  void listsTheValidatorsWithTheirPowers() {
    var json = site.get("/v1/validators").json();

    assertThat(json.getLong("totalPower")).isEqualTo(4);
    assertThat(json.getLong("quorumPower")).isEqualTo(3);
    assertThat(json.getLong("toleratedPower")).isEqualTo(1);
    var validators = json.getJsonArray("validators");
    for (int i = 0; i < validators.size(); i++) {
      var validator = validators.getJsonObject(i);
      var key = Base64.getDecoder().decode(validator.getString("key"));
      assertThat(validator.getString("address"))
          .isEqualTo(Hash.sha256(Bytes.copyOf(key)).hex().substring(0, 40));
      assertThat(validator.getLong("power")).isEqualTo(1);
    }
    assertThat(validators.stream().map(it -> ((JsonObject) it).getString("name")))
        .containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void showsWhatTheNetworkAgreedOn() {
    var network = site.get("/v1/network").json();
    var genesis = site.get("/v1/genesis");

    assertThat(network.getString("chainId")).isEqualTo("solo");
    assertThat(network.getString("engine")).isEqualTo("pbft");
    assertThat(network.getJsonObject("limits").getInteger("maxTxBytes")).isEqualTo(4_096);
    assertThat(Hash.sha256(Bytes.utf8(genesis.body())).hex())
        .isEqualTo(network.getString("genesisHash"));
  }

  @Test
  void showsWhereConsensusStands() {
    var consensus = site.get("/v1/consensus").json();

    assertThat(consensus.getString("engine")).isEqualTo("pbft");
    assertThat(consensus.getLong("height")).isEqualTo(3);
    assertThat(consensus.getLong("view")).isZero();
    assertThat(consensus.getString("primary")).isEqualTo("b");
    assertThat(consensus.getInteger("peersConnected")).isEqualTo(2);
  }

  @Test
  void carriesTheHeightOfTheLedgerOnEveryAnswer() {
    assertThat(site.get("/v1/network").header("X-Ledger-Height")).isEqualTo("2");
    ordering.commit("d");
    assertThat(site.get("/nowhere").header("X-Ledger-Height")).isEqualTo("3");
    assertThat(site.get("/livez").header("X-Ledger-Height")).isEqualTo("3");
  }
}
