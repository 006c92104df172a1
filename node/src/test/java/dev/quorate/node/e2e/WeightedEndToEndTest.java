package dev.quorate.node.e2e;

import java.util.List;

/** With Tendermint and powers of which one is too heavy to be missed. */
final class WeightedEndToEndTest extends NetworkLife {
  WeightedEndToEndTest() {
    super("tendermint", List.of(40L, 30L, 20L, 10L));
  }
}
