package dev.quorate.simulator.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * What the clock of one node shows: the world's time, wrong by an offset that may jump forth and
 * back. Its process waits by the world's time, as in production it does by the processor's.
 */
public final class LocalClock {
  private final Agenda agenda;
  private Duration offset = Duration.ZERO;

  public LocalClock(Agenda agenda) {
    this.agenda = agenda;
  }

  /** From now on the clock is wrong by this much. */
  public void set(Duration offset) {
    this.offset = offset;
  }

  /** The local time. */
  public Instant read() {
    return agenda.instant().plus(offset);
  }
}
