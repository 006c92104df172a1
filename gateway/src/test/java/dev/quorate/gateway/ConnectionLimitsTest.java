package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionLimitsTest {
  private static final String ASK = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  void closesAConnectionBeyondTheLimitAndTakesOneWhenAnotherHasGone() throws Exception {
    var few = GatewayConfig.Bounds.DEFAULT.withConnections(100, 3);
    try (var site = Site.open(new SoloOrdering(), Site.config().withBounds(few))) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 3; i++) {
        clients.add(new RawClient(site));
        assertThat(clients.getLast().send(ASK).readUntil("}")).contains(" 200 ");
      }
      try (var refused = new RawClient(site)) {
        assertThat(refused.readToEnd()).isEmpty();
      }
      assertThat(site.gateway().figures().connectionsRefused()).isEqualTo(1);

      clients.removeFirst().close();
      Site.until(() -> site.gateway().figures().connections() <= 2);
      try (var next = new RawClient(site)) {
        assertThat(next.send(ASK).readUntil("}")).contains(" 200 ");
      }
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void boundsAllAddressesTogether() throws Exception {
    var one = GatewayConfig.Bounds.DEFAULT.withConnections(1, 100);
    try (var site = Site.open(new SoloOrdering(), Site.config().withBounds(one));
        var first = new RawClient(site)) {
      assertThat(first.send(ASK).readUntil("}")).contains(" 200 ");
      try (var second = new RawClient(site)) {
        assertThat(second.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void takesAThousandConnectionsOfOneAddressByDefault() throws Exception {
    try (var site = Site.open()) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 1_024; i++) {
        clients.add(new RawClient(site).send(ASK));
      }
      for (var client : clients) {
        assertThat(client.readUntil("}")).contains(" 200 ");
        client.close();
      }
    }
  }
}
