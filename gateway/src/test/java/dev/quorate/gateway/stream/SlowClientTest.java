package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.gateway.GatewayConfig;
import dev.quorate.gateway.Site;
import dev.quorate.gateway.SoloOrdering;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SlowClientTest {
  private static final int BLOCKS = 60;
  private static final int LARGE = 262_144;

  private final SoloOrdering ordering = new SoloOrdering(LARGE, false);
  private Site site;

  @BeforeEach
  void open() {
    for (int i = 0; i < BLOCKS; i++) {
      ordering.commit(i + "x".repeat(LARGE - 10));
    }
    var bounds =
        new GatewayConfig.StreamBounds(
            1 << 20, 1_024, 64L << 20, Duration.ofMillis(500), Duration.ofSeconds(10), 16);
    site =
        Site.open(
            ordering, Site.config().withBounds(GatewayConfig.Bounds.DEFAULT.withStream(bounds)));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void isToldWhereToResumeAndCutOffAndMissesNothing() {
    var seen = new ArrayList<JsonObject>();
    String resume;
    try (var deaf = Listener.deaf(site)) {
      deaf.send("{'t':'sub','id':'a','from':{'height':1},'payload':'full'}");
      untilSlow(1);
      deaf.read();

      seen.addAll(deaf.until("gap"));
      var gap = seen.removeLast();
      assertThat(gap.getString("id")).isEqualTo("a");
      assertThat(gap.getString("reason")).isEqualTo("slow");
      resume = gap.getString("resume");
      assertThat(seen.getLast().getString("seq")).isEqualTo(resume);
      assertThat(deaf.closed()).isEqualTo("4008 slow");
    }
    assertThat(seen).hasSizeLessThan(2 * BLOCKS);
    try (var back = Listener.of(site)) {
      back.send("{'t':'sub','id':'a','from':{'after':'" + resume + "'},'payload':'full'}");
      seen.addAll(back.until("caughtup"));
    }

    assertThat(places(seen)).isEqualTo(allPlaces());
  }

  @Test
  void isNoneAsLongAsItReads() {
    try (var client = Listener.of(site)) {
      client.send("{'t':'sub','id':'a','from':{'height':1},'payload':'full'}");

      assertThat(places(client.until("caughtup"))).isEqualTo(allPlaces());
    }
    assertThat(site.gateway().figures().slowStreams()).isZero();
  }

  @Test
  void isToldForEachOfItsSubscriptions() {
    try (var deaf = Listener.deaf(site)) {
      deaf.send("{'t':'sub','id':'a','from':{'height':1},'payload':'full'}");
      deaf.send("{'t':'sub','id':'b','from':{'height':31},'payload':'full'}");
      untilSlow(1);
      deaf.read();

      var seen = deaf.until("gap");
      seen.add(deaf.next());
      for (var gap : seen.subList(seen.size() - 2, seen.size())) {
        var own =
            seen.stream().filter(it -> it.getString("id").equals(gap.getString("id"))).toList();
        var before = gap.getString("id").equals("a") ? "0" : "30.0";
        var last = places(own).isEmpty() ? before : places(own).getLast();
        assertThat(gap.getString("t")).isEqualTo("gap");
        assertThat(gap.getString("resume")).isEqualTo(last);
      }
    }
  }

  @Test
  void hearsOfTheGapOverServerSentEventsToo() throws Exception {
    try (var events = new EventsTest.Events(site, "?from=1&payload=full")) {
      untilSlow(1);

      var rest = events.rest();
      var gap = rest.subList(rest.indexOf("event: gap"), rest.size());
      var ids = rest.stream().filter(line -> line.startsWith("id: ")).toList();
      assertThat(gap)
          .containsExactly(
              "event: gap",
              "data: {\"resume\":\""
                  + ids.getLast().substring("id: ".length())
                  + "\",\"reason\":\"slow\"}",
              "");
      assertThat(ids).hasSizeLessThan(2 * BLOCKS);
    }
  }

  private void untilSlow(int number) {
    Site.until(() -> site.gateway().figures().slowStreams() >= number);
  }

  private static List<String> places(List<JsonObject> frames) {
    return frames.stream()
        .filter(frame -> frame.containsKey("seq"))
        .map(frame -> frame.getString("seq"))
        .toList();
  }

  private static List<String> allPlaces() {
    var all = new ArrayList<String>();
    for (int height = 1; height <= BLOCKS; height++) {
      all.add(Integer.toString(height));
      all.add(height + ".0");
    }
    return all;
  }
}
