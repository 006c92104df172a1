package dev.quorate.gateway;

import dev.quorate.gateway.http.Counters;
import dev.quorate.gateway.http.Shared;
import dev.quorate.gateway.stream.Streams;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What the listeners of one gateway have in common. */
record GatewayContext(
    GatewayConfig config,
    Ordering ordering,
    Supplier<String> metrics,
    Shared shared,
    Streams streams,
    AtomicBoolean stopping) {

  Counters counters() {
    return shared.counters();
  }
}
