package dev.quorate.replica;

import dev.quorate.consensus.core.Timer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The engine's running timers, due in order of deadline, then of starting. */
final class TimerQueue {
  private static final Comparator<Running> ORDER =
      Comparator.comparing(Running::deadline).thenComparingLong(Running::sequence);

  private final Map<Timer, Running> running = new HashMap<>();
  private final PriorityQueue<Running> queue = new PriorityQueue<>(ORDER);
  private long started;

  private record Running(Timer timer, Instant deadline, long sequence) {}

  /** Starts a timer; an equal one that runs is started anew. */
  void start(Timer timer, Instant deadline) {
    cancel(timer);
    var entry = new Running(timer, deadline, started++);
    running.put(timer, entry);
    queue.add(entry);
  }

  /** Stops a timer; one that does not run is none. */
  void cancel(Timer timer) {
    var entry = running.remove(timer);
    if (entry != null) {
      queue.remove(entry);
    }
  }

  /** Takes the next timer whose deadline has come. */
  @Nullable Timer pollDue(Instant now) {
    var first = queue.peek();
    if (first == null || first.deadline().isAfter(now)) {
      return null;
    }
    queue.remove();
    running.remove(first.timer());
    return first.timer();
  }

  /** When the next timer is due; {@link Instant#MAX} when none runs. */
  Instant nextDeadline() {
    var first = queue.peek();
    return first == null ? Instant.MAX : first.deadline();
  }
}
