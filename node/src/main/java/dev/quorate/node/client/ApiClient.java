package dev.quorate.node.client;

import dev.quorate.crypto.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks REST with one node. Safe for use by several threads. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final URI api;
  private final HttpClient http;

  /** A client of the node that listens at {@code api}, such as {@code http://127.0.0.1:7080}. */
  public ApiClient(URI api) {
    this.api = api;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  public URI api() {
    return api;
  }

  /** Hands a transaction over; the answer comes when it is admitted. */
  public Answer submit(Bytes transaction) {
    return exchange(submission(transaction).timeout(ANSWER));
  }

  /** Hands a transaction over; the answer comes when it is committed, or after the wait. */
  public Answer submitAndWait(Bytes transaction, Duration wait) {
    return exchange(
        submission(transaction)
            .header("Prefer", "wait=" + wait.toSeconds())
            .timeout(wait.plus(ANSWER)));
  }

  /** Asks for a resource below the node's address, such as {@code /v1/blocks/7}. */
  public Answer get(String path) {
    return exchange(request(path).timeout(ANSWER).GET());
  }

  /** The lines of the node's event stream, as they come. The caller closes it. */
  public EventStream events(EventStream.Start start) {
    var request = request("/v1/events?" + start.query()).header("Accept", "text/event-stream");
    start.lastEventId().ifPresent(id -> request.header("Last-Event-ID", id));
    try {
      var response = http.send(request.GET().build(), BodyHandlers.ofInputStream());
      return new EventStream(api, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UnreachableException(api, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(api, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder submission(Bytes transaction) {
    return request("/v1/transactions")
        .header("Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofByteArray(transaction.toArray()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path));
  }

  private Answer exchange(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return Answer.of(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UnreachableException(api, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(api, e);
    }
  }
}
