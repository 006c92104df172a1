package dev.quorate.consensus.pbft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a genesis file may set for this engine; the defaults suit a local network.
 *
 * @param window undelivered heights that may be proposed at once: 1 to 64, default 4
 * @param rotation heights after which the primary changes without a view change: 0 (never, the
 *     default) to 1,000,000
 * @param batchDelay how long transactions that do not fill a batch wait while other blocks are in
 *     flight: 0 to 10,000 ms, default 2
 * @param heartbeat how often a Status is sent: 10 to 60,000 ms, default 125
 * @param silence how long the primary may be silent: 20 to 600,000 ms, default 500
 * @param resend how often a ViewChange or a Complain is repeated: 10 to 60,000 ms, default 250
 * @param firstTimeout how long a view may go without a delivery while work is pending (T0): 10 to
 *     600,000 ms, default 500; doubles with every view since the last delivery
 * @param longestTimeout where that doubling ends (T_max): 10 to 3,600,000 ms, default 30,000
 */
record PbftParameters(
    int window,
    int rotation,
    Duration batchDelay,
    Duration heartbeat,
    Duration silence,
    Duration resend,
    Duration firstTimeout,
    Duration longestTimeout) {

  /** The name, the default and the range of each parameter. */
  private enum Parameter {
    WINDOW("window", 4, 1, 64),
    ROTATION("rotation", 0, 0, 1_000_000),
    BATCH_DELAY("batch_delay_ms", 2, 0, 10_000),
    HEARTBEAT("heartbeat_ms", 125, 10, 60_000),
    SILENCE("t_heartbeat_ms", 500, 20, 600_000),
    RESEND("t_resend_ms", 250, 10, 60_000),
    FIRST_TIMEOUT("t0_ms", 500, 10, 600_000),
    LONGEST_TIMEOUT("t_max_ms", 30_000, 10, 3_600_000),
    /** Read by the replica, which forwards transactions. */
    FORWARD("t_forward_ms", 200, 10, 60_000),
    /** Read by the replica, which sees when transactions are passed over. */
    COMPLAIN("t_complain_ms", 1_000, 10, 600_000);

    private final String key;
    private final long byDefault;
    private final long least;
    private final long most;

    Parameter(String key, long byDefault, long least, long most) {
      this.key = key;
      this.byDefault = byDefault;
      this.least = least;
      this.most = most;
    }

    long in(Map<String, Long> given) {
      return given.getOrDefault(key, byDefault);
    }
  }

  static PbftParameters of(SortedMap<String, Long> given) {
    var faults = faults(given);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new PbftParameters(
        (int) Parameter.WINDOW.in(given),
        (int) Parameter.ROTATION.in(given),
        Duration.ofMillis(Parameter.BATCH_DELAY.in(given)),
        Duration.ofMillis(Parameter.HEARTBEAT.in(given)),
        Duration.ofMillis(Parameter.SILENCE.in(given)),
        Duration.ofMillis(Parameter.RESEND.in(given)),
        Duration.ofMillis(Parameter.FIRST_TIMEOUT.in(given)),
        Duration.ofMillis(Parameter.LONGEST_TIMEOUT.in(given)));
  }

  /** One sentence for each unknown name and each number out of range. */
  static List<String> faults(SortedMap<String, Long> given) {
    var known = new LinkedHashMap<String, Parameter>();
    for (var parameter : Parameter.values()) {
      known.put(parameter.key, parameter);
    }
    var faults = new ArrayList<String>();
    given.forEach(
        (key, value) -> {
          var parameter = known.get(key);
          if (parameter == null) {
            faults.add(
                "parameters.%s: no such parameter of pbft; there are %s"
                    .formatted(key, String.join(", ", known.keySet())));
          } else if (value < parameter.least || value > parameter.most) {
            faults.add(
                "parameters.%s: %d is not between %d and %d"
                    .formatted(key, value, parameter.least, parameter.most));
          }
        });
    faults.sort(Comparator.naturalOrder());
    return List.copyOf(faults);
  }

  /** How far above the last delivered height messages are kept: they may overtake deliveries. */
  int lookahead() {
    return Math.max(10, 2 * window);
  }

  /** T(v) = min(T_max, T0 * 2^k), k = views since the last delivered block. */
  Duration timeout(int views) {
    long factor = 1L << Math.min(Math.max(views, 0), 30);
    long millis = firstTimeout.toMillis() * factor;
    return Duration.ofMillis(Math.min(millis, longestTimeout.toMillis()));
  }

  /** Heartbeats in a span, at least one. */
  long beats(Duration span) {
    return Math.max(1, span.toMillis() / heartbeat.toMillis());
  }
}
