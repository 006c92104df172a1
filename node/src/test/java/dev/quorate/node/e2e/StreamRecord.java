package dev.quorate.node.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quorate.node.client.ApiClient;
import dev.quorate.node.client.EventStream.Start;
import dev.quorate.node.client.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The positions that a subscriber saw, in the order in which they came. */
final class StreamRecord {
  private final List<String> positions = new ArrayList<>();

  /** Follows a node's server-sent events from a height on, until the node ends the stream. */
  static StreamRecord overSse(ApiClient client, long from) {
    var record = new StreamRecord();
    var stream = client.events(new Start.From("block,tx", from));
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                  record.add(event.get().id());
                }
              } catch (UnreachableException | UncheckedIOException _) {
                // The node was killed, which ends this record.
              }
            });
    return record;
  }

  /** Follows a node over a WebSocket from a height on. */
  static StreamRecord overWebSocket(HttpClient http, URI api, long from) {
    var record = new StreamRecord();
    var socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + api.getAuthority() + "/v1/ws"), new Listener(record))
            .join();
    socket
        .sendText(
            "{\"t\":\"sub\",\"id\":\"a\",\"from\":{\"height\":%d},\"types\":[\"block\",\"tx\"]}"
                .formatted(from),
            true)
        .join();
    return record;
  }

  synchronized List<String> positions() {
    return List.copyOf(positions);
  }

  /** How many transactions were seen. */
  long transactions() {
    return positions().stream().filter(position -> position.contains(".")).count();
  }

  private synchronized void add(String position) {
    positions.add(position);
  }

  /** Reads the frames of one WebSocket. */
  private static final class Listener implements WebSocket.Listener {
    private static final JsonMapper JSON = new JsonMapper();

    private final StreamRecord record;
    private final StringBuilder text = new StringBuilder();

    Listener(StreamRecord record) {
      this.record = record;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        var frame = read(text.toString());
        text.setLength(0);
        if (!frame.path("seq").isMissingNode()) {
          record.add(frame.path("seq").asText());
        }
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private static JsonNode read(String frame) {
      try {
        return JSON.readTree(frame);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
