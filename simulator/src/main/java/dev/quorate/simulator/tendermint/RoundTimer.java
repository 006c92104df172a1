package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Step;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A timeout of the algorithm as it can be seen from outside, where an engine's timers have nothing
 * but their text.
 */
record RoundTimer(Step step, Height height, Round round) {
  private static final Pattern TEXT =
      Pattern.compile("Timeout\\[step=(\\w+), height=(\\d+), round=(\\d+)]");

  /** The timeout that a timer is; empty for what has nothing to do with a round. */
  static Optional<RoundTimer> of(Timer timer) {
    var text = TEXT.matcher(timer.toString());
    return text.matches()
        ? Optional.of(
            new RoundTimer(
                Step.valueOf(text.group(1)),
                new Height(Long.parseLong(text.group(2))),
                new Round(Integer.parseInt(text.group(3)))))
        : Optional.empty();
  }

  /** Whether it is of a later round of the same height. */
  boolean isLaterThan(RoundTimer other) {
    return height.equals(other.height()) && round.compareTo(other.round()) > 0;
  }

  @Override
  public String toString() {
    return "timeout of %s at height %s, round %s".formatted(step, height, round);
  }
}
