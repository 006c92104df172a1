package dev.quorate.simulator.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * What one node believes the time to be: the world's time, wrong by an offset that may jump.
 *
 * <p>Like in production a running process never sees its time go back; after a restart it may.
 */
public final class LocalClock {
  private final Agenda agenda;
  private Duration offset = Duration.ZERO;
  private Instant shown = Instant.MIN;

  public LocalClock(Agenda agenda) {
    this.agenda = agenda;
  }

  /** From now on the clock is wrong by this much. */
  public void set(Duration offset) {
    this.offset = offset;
  }

  /** A process starts: it has seen no time yet. */
  public void restart() {
    shown = Instant.MIN;
  }

  /** The local time. */
  public Instant read() {
    var time = agenda.instant().plus(offset);
    if (time.isAfter(shown)) {
      shown = time;
    }
    return shown;
  }

  /** When, in the world's nanoseconds, the clock will show a time if it does not jump. */
  public long worldTimeOf(Instant local) {
    return agenda.nanosTo(local.minus(offset));
  }
}
