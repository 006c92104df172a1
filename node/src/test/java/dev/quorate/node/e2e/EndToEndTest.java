package dev.quorate.node.e2e;

import java.util.List;

/** With PBFT and equal powers. */
final class EndToEndTest extends NetworkLife {
  EndToEndTest() {
    super("pbft", List.of(1L, 1L, 1L, 1L));
  }
}
