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
 */
record PbftParameters(int window, int rotation, Duration batchDelay, Duration heartbeat) {

  /** The name, the default and the range of each parameter. */
  private enum Parameter {
    WINDOW("window", 4, 1, 64),
    ROTATION("rotation", 0, 0, 1_000_000),
    BATCH_DELAY("batch_delay_ms", 2, 0, 10_000),
    HEARTBEAT("heartbeat_ms", 125, 10, 60_000),
    FORWARD("t_forward_ms", 200, 10, 60_000);

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
        Duration.ofMillis(Parameter.HEARTBEAT.in(given)));
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
}
