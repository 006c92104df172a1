package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class TransportConfigTest {
  private final Validators validators = new Validators();

  @Test
  void aQueueHasRoomForTheLargestFrame() {
    assertThatThrownBy(() -> new TransportLimits(1_001, 1_000, 1, 1, 1, 1))
        .hasMessage("maxQueuedBytes 1000 has no room for a frame of 1001");
  }

  @Test
  void threeHeartbeatsFitIntoTheIdleDeadline() {
    var second = Duration.ofSeconds(1);

    assertThatThrownBy(
            () ->
                new TransportTiming(
                    second, second, second, Duration.ofMillis(2_999), second, second))
        .hasMessage("idleDeadline PT2.999S is below 3 heartbeats of PT1S");
  }

  @Test
  void weAreNotAPeerOfOurOwn() {
    var config = validators.config(validators.a);
    var peers = new ArrayList<>(config.peers());
    peers.add(validators.addressOf(validators.a));

    assertThatThrownBy(() -> Validators.elsewhere(config, peers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has our own key");
  }

  @Test
  void aKeyHasOneAddress() {
    var config = validators.config(validators.a);
    var peers = new ArrayList<>(config.peers());
    peers.add(new PeerAddress(validators.b.publicKey(), "elsewhere", 1));

    assertThatThrownBy(() -> Validators.elsewhere(config, peers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the key of another peer");
  }
}
