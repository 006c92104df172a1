package dev.quorate.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.node.client.EventStream.Start;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BlockFeedTest {
  private final ConcurrentLinkedQueue<String> script = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private ApiClient client;

  @BeforeEach
  void serveTheScript() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/events", this::answer);
    server.start();
    client = new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void aStreamThatEndsIsTakenUpBehindTheLastBlock() {
    script.add(": hello\n\n" + block(7) + block(8));
    script.add(block(9));

    var refusal = follow(new Start.From("block", 7));

    assertThat(seen).containsExactly("7", "8", "9");
    assertThat(asked).containsExactly("types=block&from=7 null", "types=block 8", "types=block 9");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(hints).hasSize(2);
  }

  @Test
  void aGapIsTakenUpWhereTheNodeSays() {
    script.add(block(7) + "event: gap\ndata: {\"resume\":\"6.4\",\"reason\":\"slow\"}\n\n");

    follow(new Start.Next("block"));

    assertThat(asked).containsExactly("types=block null", "types=block 6.4");
  }

  @Test
  void whatTheNodeRefusesIsNotTriedAgain() {
    var refusal = follow(new Start.Next("block"));

    assertThat(refusal.problem()).isEqualTo("no script: ask for less");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aNodeThatWasNeverThereIsNotWaitedFor() {
    server.stop(0);

    assertThatThrownBy(() -> follow(new Start.Next("block")))
        .isInstanceOf(UnreachableException.class);
  }

  private Answer follow(Start start) {
    return new BlockFeed(client, start, hints::add).follow(event -> seen.add(event.id()));
  }

  private static String block(long height) {
    return "id: %d\nevent: block\ndata: {\"height\":%d}\n\n".formatted(height, height);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI().getQuery()
            + " "
            + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    var next = script.poll();
    var problem = "{\"title\":\"no script\",\"detail\":\"ask for less\"}";
    var body = (next == null ? problem : next).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(next == null ? 400 : 200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
