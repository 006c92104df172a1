package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a genesis file may set for this engine; the defaults suit a local network.
 *
 * @param propose timeoutPropose of round 0: 1 to 600,000 ms, default 300
 * @param prevote timeoutPrevote of round 0: 1 to 600,000 ms, default 100
 * @param precommit timeoutPrecommit of round 0: 1 to 600,000 ms, default 100
 * @param perRound how much longer each timeout is in each further round: 0 to 600,000 ms, default
 *     100
 * @param longest no timeout is longer (T_max): 1 to 3,600,000 ms, default 30,000
 * @param rebroadcast how often the last own messages are repeated: 10 to 60,000 ms, default 250
 * @param status how often a sleeping validator says where it is: 10 to 60,000 ms, default 1,000
 * @param emptyBlockInterval after how long without a transaction an empty block is made; none (0,
 *     the default), else 10 to 3,600,000 ms
 */
record TendermintParameters(
    Duration propose,
    Duration prevote,
    Duration precommit,
    Duration perRound,
    Duration longest,
    Duration rebroadcast,
    Duration status,
    Optional<Duration> emptyBlockInterval) {

  /** The name, the default and the range of each parameter. */
  private enum Parameter {
    PROPOSE("t_propose_ms", 300, 1, 600_000),
    PREVOTE("t_prevote_ms", 100, 1, 600_000),
    PRECOMMIT("t_precommit_ms", 100, 1, 600_000),
    PER_ROUND("t_per_round_ms", 100, 0, 600_000),
    LONGEST("t_max_ms", 30_000, 1, 3_600_000),
    REBROADCAST("t_rebroadcast_ms", 250, 10, 60_000),
    STATUS("t_status_ms", 1_000, 10, 60_000),
    EMPTY_BLOCK_INTERVAL("empty_block_interval_ms", 0, 10, 3_600_000),
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

    Duration in(Map<String, Long> given) {
      return Duration.ofMillis(given.getOrDefault(key, byDefault));
    }

    /** The default is always possible, also where it means "never". */
    boolean allows(long value) {
      return value == byDefault || (value >= least && value <= most);
    }

    String range() {
      var between = "between " + least + " and " + most;
      return byDefault < least ? byDefault + " or " + between : between;
    }
  }

  static TendermintParameters of(SortedMap<String, Long> given) {
    var faults = faults(given);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new TendermintParameters(
        Parameter.PROPOSE.in(given),
        Parameter.PREVOTE.in(given),
        Parameter.PRECOMMIT.in(given),
        Parameter.PER_ROUND.in(given),
        Parameter.LONGEST.in(given),
        Parameter.REBROADCAST.in(given),
        Parameter.STATUS.in(given),
        Optional.of(Parameter.EMPTY_BLOCK_INTERVAL.in(given)).filter(it -> !it.isZero()));
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
                "parameters.%s: no such parameter of tendermint; there are %s"
                    .formatted(key, String.join(", ", known.keySet())));
          } else if (!parameter.allows(value)) {
            faults.add("parameters.%s: %d is not %s".formatted(key, value, parameter.range()));
          }
        });
    faults.sort(Comparator.naturalOrder());
    return List.copyOf(faults);
  }

  /** min(T_max, the step's timeout + round * t_per_round). */
  Duration timeout(Step step, Round round) {
    var first =
        switch (step) {
          case PROPOSE -> propose;
          case PREVOTE -> prevote;
          case PRECOMMIT -> precommit;
        };
    long millis = first.toMillis() + round.value() * perRound.toMillis();
    return Duration.ofMillis(Math.min(millis, longest.toMillis()));
  }
}
