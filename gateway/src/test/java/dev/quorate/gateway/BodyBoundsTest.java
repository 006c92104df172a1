package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyBoundsTest {
  private static final int MAX = SoloOrdering.MAX_TX_BYTES;
  private static final String HEAD =
      "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n";

  private final Site site = Site.open();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void takesALargestTransactionInEitherForm() {
    assertThat(site.submit("x".repeat(MAX)).status()).isEqualTo(202);
    assertThat(site.post("application/json", SubmitTest.json("y".repeat(MAX))).status())
        .isEqualTo(202);
  }

  @Test
  void refusesOneByteMore() {
    assertThat(site.submit("x".repeat(MAX + 1)).problem()).isEqualTo("413 too-large");
    assertThat(site.post("application/json", SubmitTest.json("x".repeat(MAX + 1))).problem())
        .isEqualTo("413 too-large payload");
    assertThat(site.post("application/json", SubmitTest.json("x".repeat(3 * MAX))).problem())
        .isEqualTo("413 too-large");
    assertThat(site.ordering().poolSize()).isZero();
  }

  @Test
  void refusesAnAnnouncedLengthBeforeAnyOfIt() throws Exception {
    try (var client = new RawClient(site)) {
      client.send(HEAD + "Content-Length: 99999999999\r\n\r\n");

      assertThat(client.readUntil("}")).contains("413", "\"code\":\"too-large\"");
    }
  }

  @Test
  void boundsABodyWhoseLengthIsNotAnnounced() {
    var tooLong = new byte[MAX + 1];
    var request =
        HttpRequest.newBuilder(site.uri("/v1/transactions"))
            .header("Content-Type", "application/octet-stream")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)));

    assertThat(site.send(request).problem()).isEqualTo("413 too-large");
  }

  @Test
  void putsABodyTogetherFromItsPieces() throws Exception {
    try (var client = new RawClient(site)) {
      client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      for (var piece : new String[] {"h", "ell", "o"}) {
        client.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
      }
      client.send("0\r\n\r\n");

      assertThat(client.readUntil("}")).contains(SubmitTest.id("hello"));
    }
  }

  @Test
  void goesOnWithAConnectionAfterARefusedBody() throws Exception {
    try (var client = new RawClient(site)) {
      var body = "x".repeat(MAX + 1);
      client.send(HEAD + "Content-Length: " + body.length() + "\r\n\r\n");
      assertThat(client.readUntil("}")).contains(" 413 ");
      client.send(body).send(HEAD + "Content-Length: 5\r\n\r\nhello");

      assertThat(client.readUntil("}")).contains(" 202 ", SubmitTest.id("hello"));
    }
  }

  @Test
  void throwsAwayOnlySoMuchOfARefusedBody() throws Exception {
    try (var client = new RawClient(site)) {
      client.send(HEAD + "Content-Length: 99999999\r\n\r\n");

      assertThat(client.readToEnd()).contains(" 413 ");
    }
  }

  @Test
  void invitesABodyThatAsksFirst() throws Exception {
    try (var client = new RawClient(site)) {
      client.send(HEAD + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

      assertThat(client.send("hello").readUntil("}")).contains(" 202 ");
    }
    try (var client = new RawClient(site)) {
      client.send(HEAD + "Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void closesAConnectionWhoseBodyDoesNotCome() throws Exception {
    var impatient =
        GatewayConfig.Bounds.DEFAULT.withTimes(Duration.ofMillis(100), Duration.ofSeconds(60));
    try (var hurried = Site.open(new SoloOrdering(), Site.config().withBounds(impatient));
        var client = new RawClient(hurried)) {
      client.send(HEAD + "Content-Length: 5\r\n\r\nhell");

      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void closesAConnectionThatRestsTooLongAlsoWithHalfAHead() throws Exception {
    var impatient =
        GatewayConfig.Bounds.DEFAULT.withTimes(Duration.ofSeconds(60), Duration.ofMillis(100));
    try (var hurried = Site.open(new SoloOrdering(), Site.config().withBounds(impatient));
        var silent = new RawClient(hurried);
        var slow = new RawClient(hurried);
        var served = new RawClient(hurried)) {
      slow.send("GET /livez HTT");
      served.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(silent.readToEnd()).isEmpty();
      assertThat(slow.readToEnd()).isEmpty();
      assertThat(served.readToEnd()).endsWith("{\"live\":true}");
    }
  }

  @Test
  void holdsOnlySoMuchOfUnfinishedBodies() throws Exception {
    var bounds = GatewayConfig.Bounds.DEFAULT.withBodyBytes(2_000);
    try (var small = Site.open(new SoloOrdering(), Site.config().withBounds(bounds));
        var client = new RawClient(small)) {
      client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        client.send("3e8\r\n" + "x".repeat(1_000) + "\r\n");
      }

      assertThat(client.readUntil("}")).contains(" 503 ", "\"code\":\"busy\"");
      assertThat(small.submit("hello").status()).isEqualTo(202);
    }
  }
}
