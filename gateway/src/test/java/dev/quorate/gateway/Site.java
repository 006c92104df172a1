package dev.quorate.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway on ports of its own with an ordering service behind it, and a client before it. */
public final class Site implements AutoCloseable {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final SoloOrdering ordering;
  private final Gateway gateway;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Site(SoloOrdering ordering, GatewayConfig config) {
    this.ordering = ordering;
    this.gateway = Gateway.start(config, ordering, () -> "up 1\n");
  }

  public static Site open() {
    return open(new SoloOrdering());
  }

  public static Site open(SoloOrdering ordering) {
    return open(ordering, config());
  }

  public static Site open(SoloOrdering ordering, GatewayConfig config) {
    return new Site(ordering, config);
  }

  /** The defaults on free ports. */
  public static GatewayConfig config() {
    return GatewayConfig.of(ANY, ANY);
  }

  public SoloOrdering ordering() {
    return ordering;
  }

  public Gateway gateway() {
    return gateway;
  }

  public HttpClient client() {
    return client;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.apiPort() + path);
  }

  public URI ops(String path) {
    return URI.create("http://127.0.0.1:" + gateway.opsPort().orElseThrow() + path);
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  public Answer post(String type, String body, String... headers) {
    return send(submission(type, body, headers));
  }

  /** A raw transaction. */
  public Answer submit(String text, String... headers) {
    return post("application/octet-stream", text, headers);
  }

  /** The same without waiting for the answer. */
  public CompletableFuture<Answer> submitLater(String text, String... headers) {
    var request = submission("application/octet-stream", text, headers).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::new);
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(
          client.send(
              request.timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder submission(String type, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(uri("/v1/transactions"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Looks until something holds, for at most 20 seconds. */
  public static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true in 20 s");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  /** Closes client and gateway. */
  @Override
  public void close() {
    client.shutdownNow();
    gateway.close();
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonObject json() {
      return new JsonObject(body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Status, code and field of a problem, in one line; refuses what is none. */
    public String problem() {
      if (!header("Content-Type").equals("application/problem+json")) {
        throw new AssertionError("no problem: " + status() + " " + body());
      }
      var json = json();
      var field = json.getString("field");
      return status() + " " + json.getString("code") + (field == null ? "" : " " + field);
    }
  }
}
