package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class PendingConnectionsTest {
  private final PendingConnections pending = new PendingConnections(3, 2);

  @Test
  void oneAddressLeavesRoomForOthers() {
    assertThat(pending.enter(address(1))).isTrue();
    assertThat(pending.enter(address(1))).isTrue();

    assertThat(pending.enter(address(1))).isFalse();
    assertThat(pending.enter(address(2))).isTrue();
    assertThat(pending.enter(address(3))).isFalse();
    assertThat(pending.total()).isEqualTo(3);
  }

  @Test
  void whoLeavesMakesRoom() {
    pending.enter(address(1));
    pending.enter(address(1));

    pending.leave(address(1));

    assertThat(pending.enter(address(1))).isTrue();
    assertThat(pending.total()).isEqualTo(2);
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
