package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.gateway.GatewayConfig;
import dev.quorate.gateway.Site;
import dev.quorate.gateway.SoloOrdering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private final Site site = Site.open(ordering);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void tellsOfBlocksAndTransactionsWithTheirPlaces() throws Exception {
    var hash = ordering.commit("x").block().id().hash().hex();
    try (var events = new Events(site, "?from=1")) {
      assertThat(events.response.statusCode()).isEqualTo(200);
      assertThat(events.response.headers().firstValue("Content-Type"))
          .hasValue("text/event-stream");
      assertThat(events.next())
          .containsExactly(
              "event: block",
              "id: 1",
              "data: {\"seq\":\"1\",\"height\":1,\"hash\":\"" + hash + "\",\"txs\":1,\"round\":0}");
      assertThat(events.next())
          .containsExactly(
              "event: tx",
              "id: 1.0",
              "data: {\"seq\":\"1.0\",\"txId\":\"" + Hash.sha256(Bytes.utf8("x")).hex() + "\"}");
    }
  }

  @Test
  void resumesBehindTheLastEventWhichWinsOverFrom() throws Exception {
    ordering.commit("a", "b");
    ordering.commit("c");
    try (var events = new Events(site, "?from=1", "Last-Event-ID", "1.0")) {
      assertThat(events.ids(3)).containsExactly("1.1", "2", "2.0");
    }
    try (var events = new Events(site, "?types=block", "Last-Event-ID", "1")) {
      assertThat(events.ids(1)).containsExactly("2");
    }
  }

  @Test
  void beginsWithTheNextBlockAndGoesOn() throws Exception {
    ordering.commit("before");
    try (var events = new Events(site, "?types=tx&payload=full")) {
      ordering.commit("x");
      ordering.commit("y");

      assertThat(events.next()).last().asString().contains("\"payload\":\"eA==\"");
      assertThat(events.ids(1)).containsExactly("3.0");
    }
  }

  @Test
  void givesSignsOfLifeAsComments() throws Exception {
    var bounds =
        new GatewayConfig.StreamBounds(
            1 << 20, 1_024, 64L << 20, Duration.ofSeconds(10), Duration.ofMillis(50), 16);
    var config = Site.config().withBounds(GatewayConfig.Bounds.DEFAULT.withStream(bounds));
    try (var lively = Site.open(ordering, config);
        var events = new Events(lively, "")) {
      assertThat(events.nextComment(": hb")).isEqualTo(": hb 0");
    }
  }

  /** An open stream of events. */
  static final class Events implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** Returns once the stream has begun, so that later blocks are in it. */
    Events(Site site, String query, String... headers) throws Exception {
      var request = HttpRequest.newBuilder(site.uri("/v1/events" + query));
      response =
          site.client()
              .send(
                  (headers.length == 0 ? request : request.headers(headers)).build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      nextComment(": head");
    }

    /** The lines of the next event, without comments. */
    List<String> next() throws IOException {
      var event = new ArrayList<String>();
      for (var line = line(); !line.isEmpty() || event.isEmpty(); line = line()) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.add(line);
        }
      }
      return event;
    }

    List<String> ids(int number) throws IOException {
      var ids = new ArrayList<String>();
      for (int i = 0; i < number; i++) {
        ids.add(next().get(1).substring("id: ".length()));
      }
      return ids;
    }

    String nextComment(String beginning) throws IOException {
      var line = line();
      while (!line.startsWith(beginning)) {
        line = line();
      }
      return line;
    }

    /** The rest of the stream, which must end. */
    List<String> rest() throws IOException {
      return lines.lines().toList();
    }

    private String line() throws IOException {
      var line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream has ended");
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }
}
