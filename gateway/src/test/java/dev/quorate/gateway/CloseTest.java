package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseTest {
  @Test
  void answersThoseWhoWaitAndIsGoneWithinFiveSeconds() throws Exception {
    try (var site = Site.open();
        var resting = new RawClient(site);
        var halfway = new RawClient(site)) {
      var post = site.submitLater("hello", "Prefer", "wait=60");
      var get =
          CompletableFuture.supplyAsync(
              () -> site.get("/v1/transactions/" + SubmitTest.id("other") + "?wait=60"));
      resting.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("}");
      halfway.send("POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Le");
      Site.until(() -> site.gateway().figures().waits() == 2);

      long start = System.nanoTime();
      site.gateway().close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(post.join().problem()).isEqualTo("503 stopping");
      assertThat(post.join().json().getBoolean("retryable")).isTrue();
      assertThat(get.join().problem()).isEqualTo("503 stopping");
      assertThat(resting.readToEnd()).isEmpty();
      assertThat(halfway.readToEnd()).isEmpty();
    }
  }

  @Test
  void closesTwiceAsWellAsOnce() {
    var site = Site.open();
    site.gateway().close();
    site.close();
  }

  @Test
  void saysWhichAddressIsTaken() {
    try (var site = Site.open()) {
      var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), site.gateway().apiPort());

      assertThatThrownBy(
              () ->
                  Gateway.start(
                      GatewayConfig.of(taken, new InetSocketAddress(taken.getAddress(), 0)),
                      new SoloOrdering(),
                      () -> ""))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on")
          .hasMessageContaining(":" + site.gateway().apiPort());
    }
  }

  @Test
  void servesOnSeveralEventLoops() throws Exception {
    try (var site = Site.open(SoloOrdering.instant(), Site.config().withEventLoops(2))) {
      for (int i = 0; i < 10; i++) {
        try (var client = new RawClient(site)) {
          client.send(
              "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nPrefer: wait=10\r\n"
                  + "Content-Type: application/octet-stream\r\nContent-Length: 1\r\n\r\n"
                  + i);
          assertThat(client.readUntil("}")).startsWith("HTTP/1.1 201 ");
        }
      }
    }
  }
}
