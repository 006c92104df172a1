package dev.quorate.node.e2e;

import java.util.List;

/** With Tendermint and equal powers. */
final class TendermintEndToEndTest extends NetworkLife {
  TendermintEndToEndTest() {
    super("tendermint", List.of(1L, 1L, 1L, 1L));
  }
}
