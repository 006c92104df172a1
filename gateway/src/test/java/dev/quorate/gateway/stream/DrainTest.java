package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.gateway.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {
  @Test
  void endsEveryStreamWhenTheNodeStops() throws Exception {
    try (var site = Site.open();
        var socket = Listener.of(site);
        var events = new EventsTest.Events(site, "?from=1")) {
      site.ordering().commit("x");
      socket.send("{'t':'sub','id':'a','from':{'height':1}}");
      assertThat(socket.nextShort(3)).containsExactly("ok", "block 1", "tx 1.0");
      assertThat(events.ids(2)).containsExactly("1", "1.0");

      site.gateway().close();
      assertThat(socket.closed()).isEqualTo("4009 draining");
      assertThat(events.rest()).allMatch(line -> line.isEmpty() || line.startsWith(":"));
    }
  }
}
