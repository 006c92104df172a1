package dev.quorate.simulator.node;

import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * When the turns of a node's process are: a moment after it was woken, so that what comes within it
 * is taken in together, or when its deadline has come; and never while it stands still.
 */
final class Wakeups {
  /** The longest time between a wakeup and the turn, in nanoseconds. */
  private static final long LONGEST_MOMENT = 60_000;

  private final Agenda agenda;
  private final Chance chance;
  private final IntConsumer turn;
  private int incarnation;
  private boolean turnPlanned;
  private long timerAt = Long.MAX_VALUE;
  private long pausedUntil;

  /** Nothing is planned, and no process runs. */
  Wakeups(Agenda agenda, Chance chance, IntConsumer turn) {
    this.agenda = agenda;
    this.chance = chance;
    this.turn = turn;
  }

  /** A process begins; what was planned for others is none of its business. */
  void begin(int process) {
    incarnation = process;
    turnPlanned = false;
    timerAt = Long.MAX_VALUE;
    pausedUntil = 0;
  }

  void pauseUntil(long nanos) {
    pausedUntil = Math.max(pausedUntil, nanos);
  }

  void goOn() {
    pausedUntil = 0;
  }

  boolean isPaused() {
    return pausedUntil > agenda.now();
  }

  /** Something is done when the process does not stand still any more. */
  void afterPause(Runnable action) {
    agenda.at(pausedUntil, action);
  }

  /** Somebody wakes a process. */
  void wake(int of) {
    if (of != incarnation || turnPlanned) {
      return;
    }
    turnPlanned = true;
    long moment = chance.between(1_000, LONGEST_MOMENT);
    agenda.at(Math.max(agenda.now() + moment, pausedUntil), () -> turn.accept(of));
  }

  /** The turn that was planned begins. */
  void turnBegins() {
    turnPlanned = false;
  }

  /** The next turn is due then, unless somebody wakes the process before. */
  void planNext(Instant deadline) {
    int of = incarnation;
    if (deadline.equals(Instant.MAX) || turnPlanned) {
      return;
    }
    if (deadline.equals(Instant.MIN)) {
      wake(of);
      return;
    }
    long at = agenda.nanosTo(deadline);
    if (at >= timerAt && timerAt > agenda.now()) {
      return;
    }
    timerAt = at;
    agenda.at(
        at,
        () -> {
          if (of == incarnation) {
            timerAt = Long.MAX_VALUE;
            wake(of);
          }
        });
  }
}
