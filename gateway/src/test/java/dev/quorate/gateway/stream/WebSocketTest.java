package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.gateway.GatewayConfig;
import dev.quorate.gateway.Site;
import dev.quorate.gateway.SoloOrdering;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebSocketTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private final Site site = Site.open(ordering);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void tellsOfBlocksAndTheirTransactionsAsTheyBecomeFinal() {
    ordering.commit("before");
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a'}");

      assertThat(client.next())
          .isEqualTo(new JsonObject("{\"t\":\"ok\",\"id\":\"a\",\"head\":1,\"first\":1}"));
      assertThat(client.next())
          .isEqualTo(new JsonObject("{\"t\":\"caughtup\",\"id\":\"a\",\"height\":1}"));
      var block = ordering.commit("x", "y").block();
      assertThat(client.next())
          .isEqualTo(
              new JsonObject()
                  .put("t", "block")
                  .put("id", "a")
                  .put("seq", "2")
                  .put("height", 2)
                  .put("hash", block.id().hash().hex())
                  .put("txs", 2)
                  .put("round", 0));
      assertThat(client.next())
          .isEqualTo(
              new JsonObject()
                  .put("t", "tx")
                  .put("id", "a")
                  .put("seq", "2.0")
                  .put("txId", Hash.sha256(Bytes.utf8("x")).hex()));
      assertThat(client.nextShort()).isEqualTo("tx 2.1");
    }
  }

  @Test
  void beginsWithABlockThatIsLongPast() {
    for (int i = 1; i <= 30; i++) {
      ordering.commit("tx " + i);
    }
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a','from':{'height':28}}");

      assertThat(client.nextShort(8))
          .containsExactly(
              "ok",
              "block 28",
              "tx 28.0",
              "block 29",
              "tx 29.0",
              "block 30",
              "tx 30.0",
              "caughtup");
    }
  }

  @Test
  void beginsBehindAPositionWhichWinsOverAHeight() {
    ordering.commit("a", "b", "c");
    ordering.commit("d");
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'tx','from':{'height':2,'after':'1.1'}}");
      assertThat(client.nextShort(5))
          .containsExactly("ok", "tx 1.2", "block 2", "tx 2.0", "caughtup");

      client.send("{'t':'sub','id':'block','from':{'after':'1'}}");
      assertThat(client.nextShort(6))
          .containsExactly("ok", "tx 1.0", "tx 1.1", "tx 1.2", "block 2", "tx 2.0");
      assertThat(client.nextShort()).isEqualTo("caughtup");

      client.send("{'t':'sub','id':'end','from':{'after':'1.2'}}");
      assertThat(client.nextShort(4)).containsExactly("ok", "block 2", "tx 2.0", "caughtup");

      client.send("{'t':'sub','id':'behind','from':{'after':'1.900'}}");
      assertThat(client.nextShort(4)).containsExactly("ok", "block 2", "tx 2.0", "caughtup");
    }
  }

  @Test
  void waitsForAPlaceThatDoesNotExistYet() {
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a','from':{'height':3}}");
      client.send("{'t':'sub','id':'b','from':{'after':'2.0'},'types':['tx']}");
      assertThat(client.nextShort(4)).containsExactly("ok", "caughtup", "ok", "caughtup");
      ordering.commit("1");
      ordering.commit("2", "3");
      ordering.commit("4");

      var seen = client.nextShort(4);
      assertThat(seen).containsExactlyInAnyOrder("tx 2.1", "tx 3.0", "block 3", "tx 3.0");
      assertThat(seen.indexOf("block 3")).isLessThan(seen.lastIndexOf("tx 3.0"));
    }
  }

  @Test
  void sendsWhatWasAskedForOnly() {
    ordering.commit("a", "b");
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'b','from':{'height':0},'types':['block']}");
      assertThat(client.nextShort(3)).containsExactly("ok", "block 1", "caughtup");

      client.send("{'t':'sub','id':'t','from':{'height':1},'types':['tx'],'payload':'full'}");
      var frames = client.until("caughtup");
      assertThat(frames.get(1).getString("payload")).isEqualTo("YQ==");
      assertThat(frames.get(2).getString("payload")).isEqualTo("Yg==");
      assertThat(frames).hasSize(4);
    }
  }

  @Test
  void keepsSubscriptionsOfOneConnectionApart() {
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'one','types':['block']}");
      client.send("{'t':'sub','id':'t\\\"wo','types':['tx']}");
      client.until("caughtup");
      client.until("caughtup");
      ordering.commit("x");

      var both = new ArrayList<String>();
      for (int i = 0; i < 2; i++) {
        var frame = client.next();
        both.add(frame.getString("id") + " " + frame.getString("seq"));
      }
      assertThat(both).containsExactlyInAnyOrder("one 1", "t\"wo 1.0");
    }
  }

  @Test
  void losesAndDoublesNothingWhileBlocksAppearAsItSubscribes() throws Exception {
    var committing =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 400; i++) {
                    ordering.commit("tx " + i, "and " + i);
                  }
                });
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a','from':{'height':1}}");
      assertThat(client.next().getString("t")).isEqualTo("ok");
      for (int height = 1; height <= 400; height++) {
        for (var place :
            new String[] {"block " + height, "tx " + height + ".0", "tx " + height + ".1"}) {
          var seen = client.nextShort();
          assertThat(seen.equals("caughtup") ? client.nextShort() : seen).isEqualTo(place);
        }
      }
    }
    committing.join();
  }

  @Test
  void givesSignsOfLife() {
    var bounds =
        new GatewayConfig.StreamBounds(
            1 << 20, 1_024, 64L << 20, Duration.ofSeconds(10), Duration.ofMillis(50), 16);
    var config = Site.config().withBounds(GatewayConfig.Bounds.DEFAULT.withStream(bounds));
    ordering.commit("x");
    try (var lively = Site.open(ordering, config);
        var client = Listener.of(lively)) {
      assertThat(client.next()).isEqualTo(new JsonObject("{\"t\":\"hb\",\"height\":1}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "[]",
        "{'t':'unsub','id':'a'}",
        "{'id':'a'}",
        "{'t':'sub'}",
        "{'t':'sub','id':7}",
        "{'t':'sub','id':''}",
        "{'t':'sub','id':'a','form':{'height':1}}",
        "{'t':'sub','id':'a','from':1}",
        "{'t':'sub','id':'a','from':{'height':-1}}",
        "{'t':'sub','id':'a','from':{'height':'1'}}",
        "{'t':'sub','id':'a','from':{'after':1}}",
        "{'t':'sub','id':'a','from':{'after':'1.'}}",
        "{'t':'sub','id':'a','from':{'after':'01'}}",
        "{'t':'sub','id':'a','types':'block'}",
        "{'t':'sub','id':'a','types':[]}",
        "{'t':'sub','id':'a','types':['block','block']}",
        "{'t':'sub','id':'a','types':['vote']}",
        "{'t':'sub','id':'a','payload':'half'}",
        "{'t':'sub','id':'a','id':'b'}"
      })
  void closesOnAFrameThatIsNone(String frame) {
    try (var client = Listener.of(site)) {
      client.send(frame);

      assertThat(client.closed()).startsWith("4000 ");
    }
  }

  @Test
  void closesOnASecondSubscriptionOfOneNameAndOnTooMany() {
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a'}").send("{'t':'sub','id':'a'}");
      assertThat(client.closed()).startsWith("4000 id: ");
    }
    try (var client = Listener.of(site)) {
      for (int i = 0; i <= 16; i++) {
        client.send("{'t':'sub','id':'" + i + "'}");
      }
      assertThat(client.closed()).startsWith("4000 at most 16");
    }
  }

  @Test
  void closesOnBinaryAndOnHugeFrames() {
    try (var client = Listener.of(site)) {
      client.socket().sendBinary(ByteBuffer.allocate(3), true).join();
      assertThat(client.closed()).startsWith("4000 ");
    }
    try (var client = Listener.of(site)) {
      client.send("{'t':'" + "x".repeat(5_000) + "'}");
      assertThat(client.closed()).startsWith("4000 ");
    }
  }

  @Test
  void letsPagesOfOtherOriginsInOnlyIfTheyAreListed() {
    var listed = Site.config().withAllowedOrigins(Set.of("https://friend.example"));
    try (var open = Site.open(ordering, listed)) {
      var own = "http://127.0.0.1:" + open.gateway().apiPort();
      connect(open, "https://friend.example").abort();
      connect(open, own).abort();
      assertThatThrownBy(() -> connect(open, "https://evil.example"))
          .hasStackTraceContaining("403");
    }
  }

  @Test
  void refusesAnotherVersionOfTheProtocol() {
    var answer =
        site.send(HttpRequest.newBuilder(site.uri("/v1/ws")).header("Sec-WebSocket-Version", "8"));

    assertThat(answer.problem()).isEqualTo("426 upgrade-required");
  }

  @Test
  void givesItsPlaceAmongTheConnectionsBack() {
    var client = Listener.of(site);
    client.send("{'t':'sub','id':'a'}").until("caughtup");
    assertThat(site.gateway().figures().streams()).isEqualTo(1);
    client.close();

    Site.until(
        () -> site.gateway().figures().connections() + site.gateway().figures().streams() == 0);
  }

  private WebSocket connect(Site at, String origin) {
    var uri = URI.create(at.uri("/v1/ws").toString().replace("http", "ws"));
    return at.client()
        .newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(uri, new WebSocket.Listener() {})
        .join();
  }
}
