package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProtocolTest {
  private final Site site = Site.open();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/v1/transactions|POST",
        "GET|/v1/transactions|POST",
        "POST|/v1/blocks/1|GET, HEAD",
        "OPTIONS|/v1/network|GET, HEAD",
        "HEAD|/v1/events|GET",
        "PATCH|/livez|GET, HEAD",
        "BREW|/v1/ws|GET"
      })
  void saysWhichMethodsAPathHas(String method, String path, String allowed) {
    var answer =
        site.send(
            HttpRequest.newBuilder(site.uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() {
    var answer =
        site.send(
            HttpRequest.newBuilder(site.uri("/livez"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"
      })
  void answersWhatIsNotHttpWithAProblemAndCloses(String request) throws Exception {
    try (var client = new RawClient(site)) {
      var answer = client.send(request).readToEnd();

      assertThat(answer).contains(" 400 ", "\"code\":\"malformed-request\"");
    }
  }

  @Test
  void boundsTheRequestLine() throws Exception {
    try (var client = new RawClient(site)) {
      client.send("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(client.readToEnd()).contains(" 414 ", "\"code\":\"uri-too-long\"");
    }
  }

  @Test
  void boundsTheHeaders() throws Exception {
    try (var client = new RawClient(site)) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(17_000) + "\r\n\r\n");

      assertThat(client.readToEnd()).contains(" 431 ", "\"code\":\"headers-too-large\"");
    }
  }

  @Test
  void speaksNoHttp2() throws Exception {
    try (var client = new RawClient(site)) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

      assertThat(client.readToEnd()).contains(" 501 ");
    }
    var upgrade =
        site.send(HttpRequest.newBuilder(site.uri("/livez")).version(HttpClient.Version.HTTP_2));
    assertThat(upgrade.response().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void letsNoForeignPageReadAnswers() {
    var answer =
        site.send(HttpRequest.newBuilder(site.uri("/v1/network")).header("Origin", "https://evil"));

    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (var client = new RawClient(site)) {
      client.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
      client.send("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      var answer = client.readToEnd();
      assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(21);
      assertThat(answer.indexOf("HTTP/1.1 404")).isGreaterThan(answer.lastIndexOf("200 OK"));
    }
  }

  @Test
  void servesNoFurtherToAClientThatDoesNotReadItsAnswers() throws Exception {
    int number = 5_000;
    try (var client = new RawClient(site)) {
      var sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.send("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(number - 1));
                  client.send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      Site.until(this::isAtRest);
      assertThat(site.gateway().figures().requests()).isLessThan(number / 2);

      var answers = client.readToEnd();
      sending.join();
      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(number + 1);
      assertThat(answers).endsWith("{\"live\":true}");
    }
  }

  /** Whether no request was begun for a fifth of a second. */
  private boolean isAtRest() {
    long before = site.gateway().figures().requests();
    LockSupport.parkNanos(200_000_000);
    return before > 0 && site.gateway().figures().requests() == before;
  }
}
