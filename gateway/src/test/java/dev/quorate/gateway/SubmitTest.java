package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SubmitTest {
  private final Site site = Site.open();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void answersARawTransactionWithItsIdAndWhereToAskForIt() {
    var answer = site.submit("hello");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"id\":\"" + id("hello") + "\",\"state\":\"ADMITTED\"}");
    assertThat(answer.header("Location")).isEqualTo("/v1/transactions/" + id("hello"));
    assertThat(answer.header("X-Ledger-Height")).isEqualTo("0");
    assertThat(answer.header("Date")).endsWith("GMT");
  }

  @Test
  void takesTheSameTransactionAsJson() {
    var answer = site.post("application/json", json("hello"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().getString("id")).isEqualTo(id("hello"));
  }

  @Test
  void answersAWaitingClientWithItsPlaceInTheLedger() {
    site.ordering().commit("first", "second");
    var waiting = site.submitLater("hello", "Prefer", "wait=30");
    commitWhenPooled(1);

    var answer = waiting.join();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"%s\",\"state\":\"COMMITTED\",\"height\":2,\"index\":0,\"sequence\":2}"
                .formatted(id("hello")));
    assertThat(answer.header("X-Ledger-Height")).isEqualTo("2");
  }

  @Test
  void answersEachOfTwoClientsThatWaitForTheSameBytes() {
    var first = site.submitLater("hello", "Prefer", "wait=30");
    var second = site.submitLater("hello", "Prefer", "respond-async, wait=\"30\"");
    Site.until(() -> site.ordering().submissions() == 2);
    commitWhenPooled(1);

    assertThat(List.of(first.join().status(), second.join().status())).containsOnly(201);
  }

  @Test
  void answersARepeatWithThePlaceOfTheFirst() {
    site.ordering().commit("x", "hello");

    var answer = site.submit("hello");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getInteger("index")).isEqualTo(1);
    assertThat(site.submit("hello", "Prefer", "wait=30").status()).isEqualTo(200);
  }

  @Test
  void answersAWaitAtAnOrderingThatCommitsAtOnce() {
    try (var instant = Site.open(SoloOrdering.instant())) {
      assertThat(instant.submit("hello", "Prefer", "wait=5").status()).isEqualTo(201);
    }
  }

  @Test
  void saysWhereToAskWhenTheWaitIsOver() {
    var answer = site.submit("hello", "Prefer", "wait=1");

    assertThat(answer.problem()).isEqualTo("504 wait-expired");
    assertThat(answer.json().getString("id")).isEqualTo(id("hello"));
    assertThat(answer.json().getString("state")).isEqualTo("ADMITTED");
    assertThat(answer.json().getBoolean("retryable")).isTrue();
    assertThat(answer.header("Location")).isEqualTo("/v1/transactions/" + id("hello"));
  }

  static List<Rejection> rejections() {
    return List.of(
        new Rejection.PoolFull(100_000, 25_600_000),
        new Rejection.NoQuorum(2, 3),
        new Rejection.Stopping());
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void saysWhyATransactionIsTurnedAwayAndWhenToComeAgain(Rejection rejection) {
    site.ordering().refuse(rejection);

    for (var answer : List.of(site.submit("hello"), site.submit("hello", "Prefer", "wait=9"))) {
      assertThat(answer.problem()).isEqualTo("503 " + rejection.terms().code());
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.json().getString("type"))
          .isEqualTo("/problems/" + rejection.terms().code());
      assertThat(answer.json().getString("txId")).isEqualTo(id("hello"));
      assertThat(answer.json().getString("node")).isEqualTo("a");
      assertThat(answer.json().getBoolean("retryable")).isTrue();
      assertThat(answer.json().getLong("retryAfterMs")).isEqualTo(rejection.terms().retryAfterMs());
    }
    assertThat(site.gateway().figures().waits()).isZero();
  }

  @Test
  void forgetsAWaitWhoseClientHasLeft() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.gateway().apiPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/transactions HTTP/1.1\r\nHost: x\r\nPrefer: wait=60\r\n"
                      + "Content-Type: application/octet-stream\r\nContent-Length: 1\r\n\r\nx")
                  .getBytes(StandardCharsets.US_ASCII));
      untilWaiting(1);
    }

    untilWaiting(0);
  }

  private void untilWaiting(int number) {
    Site.until(() -> site.gateway().figures().waits() == number);
  }

  private void commitWhenPooled(int number) {
    Site.until(() -> site.ordering().poolSize() >= number);
    site.ordering().commitPool();
  }

  static String id(String text) {
    return Hash.sha256(Bytes.utf8(text)).hex();
  }

  static String json(String text) {
    var digits = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "{\"payload\":\"" + digits + "\"}";
  }
}
