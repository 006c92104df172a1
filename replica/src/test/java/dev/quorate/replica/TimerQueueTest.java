package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Timer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private static final Instant START = Instant.EPOCH;

  private final TimerQueue timers = new TimerQueue();

  private record Named(String name) implements Timer {}

  private static final Timer X = new Named("x");
  private static final Timer Y = new Named("y");

  @Test
  void firesInOrderOfDeadlineThenOfStarting() {
    timers.start(new Named("late"), START.plusMillis(2));
    timers.start(X, START.plusMillis(1));
    timers.start(Y, START.plusMillis(1));

    assertThat(timers.pollDue(START)).isNull();
    assertThat(timers.pollDue(START.plusMillis(5))).isEqualTo(X);
    assertThat(timers.pollDue(START.plusMillis(5))).isEqualTo(Y);
    assertThat(timers.pollDue(START.plusMillis(5))).isEqualTo(new Named("late"));
    assertThat(timers.pollDue(START.plusMillis(5))).isNull();
  }

  @Test
  void startsAnEqualTimerAnew() {
    timers.start(X, START.plusMillis(1));
    timers.start(new Named("x"), START.plusMillis(3));

    assertThat(timers.pollDue(START.plusMillis(2))).isNull();
    assertThat(timers.nextDeadline()).isEqualTo(START.plusMillis(3));
  }

  @Test
  void neverFiresACancelledTimer() {
    timers.start(X, START);
    timers.cancel(X);

    assertThat(timers.pollDue(START)).isNull();
    assertThat(timers.nextDeadline()).isEqualTo(Instant.MAX);
  }
}
