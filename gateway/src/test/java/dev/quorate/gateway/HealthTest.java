package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {
  private final Site site = Site.open();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void isReadyWhenEveryCheckHolds() {
    for (var uri : both("/readyz")) {
      var answer = get(uri);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo(
              "{\"ready\":true,\"checks\":[{\"name\":\"synced\",\"ok\":true,"
                  + "\"why\":\"at the tip of the network\"}]}");
    }
  }

  @Test
  void isNotReadyWhenOneDoesNotAndLivesAllTheSame() {
    site.ordering()
        .readiness(
            Readiness.of(
                new Readiness.Check("synced", true, "at the tip"),
                new Readiness.Check("quorum", false, "2 of 3 connected")));

    for (var uri : both("/readyz")) {
      var answer = get(uri);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().getBoolean("ready")).isFalse();
      assertThat(answer.json().getJsonArray("checks"))
          .contains(
              new JsonObject()
                  .put("name", "quorum")
                  .put("ok", false)
                  .put("why", "2 of 3 connected"));
    }
    for (var uri : both("/livez")) {
      assertThat(get(uri).status()).isEqualTo(200);
    }
  }

  @Test
  void aProbeMayAddAQueryOfItsOwn() {
    for (var uri : both("/readyz?verbose")) {
      assertThat(get(uri).status()).isEqualTo(200);
    }
  }

  @Test
  void saysWhatRunsHere() {
    for (var uri : both("/version")) {
      var version = get(uri).json();
      assertThat(version.getString("version")).isEqualTo("0.1.0");
      assertThat(version.getString("commit")).isEqualTo("4d09522");
    }
  }

  @Test
  void showsMetricsToOperatorsOnly() {
    var answer = get(site.ops("/metrics"));

    assertThat(answer.body()).isEqualTo("up 1\n");
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(site.get("/metrics").status()).isEqualTo(404);
    assertThat(get(site.ops("/v1/network")).status()).isEqualTo(404);
  }

  @Test
  void describesItself() {
    var document = site.get("/openapi.json").json();

    assertThat(document.getString("openapi")).startsWith("3.1");
    assertThat(document.getJsonObject("paths").fieldNames()).contains("/v1/ws");
    assertThat(document.getJsonObject("components").getJsonObject("schemas").fieldNames())
        .contains("Problem");
  }

  private List<URI> both(String path) {
    return List.of(site.uri(path), site.ops(path));
  }

  private Site.Answer get(URI uri) {
    return site.send(HttpRequest.newBuilder(uri));
  }
}
