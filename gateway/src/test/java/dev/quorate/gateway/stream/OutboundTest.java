package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.gateway.GatewayConfig.StreamBounds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private static final StreamBounds BOUNDS =
      new StreamBounds(100_000, 10, 64_000, Duration.ofNanos(1), Duration.ofSeconds(1), 1);

  private final OutboundBudget budget = new OutboundBudget(BOUNDS.allOutboundBytes());
  private final AtomicInteger room = new AtomicInteger();

  @Test
  void isFullFromItsBoundOnUntilHalfOfItIsGone() {
    var wire = new Hose();
    var outbound = outbound(wire);
    for (int i = 0; i < 10; i++) {
      assertThat(outbound.isFull()).isFalse();
      outbound.send("x");
      outbound.flush();
    }

    assertThat(outbound.isFull()).isTrue();
    assertThat(outbound.isStuck(System.nanoTime())).isTrue();
    wire.drain(4);
    assertThat(outbound.isFull()).isTrue();
    assertThat(room).hasValue(0);
    wire.drain(1);
    assertThat(outbound.isFull()).isFalse();
    assertThat(room).hasValue(1);
  }

  @Test
  void holdsLessTheMoreThereAre() {
    budget.outbounds(2);
    var outbound = outbound(new Hose());
    outbound.send("x".repeat(31_000));
    assertThat(outbound.isFull()).isFalse();
    outbound.send("x".repeat(1_000));

    assertThat(outbound.isFull()).isTrue();
    budget.outbounds(1_000);
    assertThat(budget.share(1 << 20)).isEqualTo(OutboundBudget.LEAST_SHARE);
  }

  @Test
  void waitsWhenOthersHoldAllThereIs() {
    budget.outbounds(2);
    var wire = new Hose();
    var greedy = outbound(wire);
    var modest = outbound(new Hose());
    greedy.send("x".repeat(64_000));
    greedy.flush();

    assertThat(modest.isFull()).isTrue();
    assertThat(modest.isStuck(System.nanoTime())).as("it is not to blame").isFalse();
    wire.drain(1);
    assertThat(modest.isFull()).isFalse();
  }

  private Outbound outbound(Hose wire) {
    return new Outbound(wire, BOUNDS, budget, Runnable::run, room::incrementAndGet);
  }

  /** A wire that lets go of what it was given when it is told to. */
  private static final class Hose implements Outbound.Wire {
    private final ArrayDeque<Promise<Void>> flushed = new ArrayDeque<>();

    @Override
    public void write(String frame) {}

    @Override
    public Future<Void> flush() {
      var promise = Promise.<Void>promise();
      flushed.add(promise);
      return promise.future();
    }

    void drain(int number) {
      for (int i = 0; i < number; i++) {
        flushed.remove().complete();
      }
    }
  }
}
