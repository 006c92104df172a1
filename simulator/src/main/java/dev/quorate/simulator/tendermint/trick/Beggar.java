package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.util.List;

/** Says without end that it is behind, or lacks the proposal, or is ahead of everybody. */
final class Beggar extends TendermintTrick {
  private static final Duration INTERVAL = Duration.ofMillis(10);

  private Height height = new Height(1);
  private Round round = Round.ZERO;

  Beggar() {
    super("beggar");
  }

  @Override
  protected void begin(Tongue tongue) {
    tongue.means().every(INTERVAL, () -> tongue.sayToAll(untrue(tongue)));
  }

  private Status untrue(Tongue tongue) {
    var chance = tongue.chance();
    return switch (chance.below(3)) {
      case 0 -> new Status(height, round, Step.PROPOSE, false);
      case 1 -> {
        long below = Math.max(1, height.value() - chance.below(6));
        yield new Status(new Height(below), round, Step.PRECOMMIT, false);
      }
      default -> new Status(height.plus(1L + chance.below(30)), round, Step.PREVOTE, true);
    };
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      height = it.height();
      round = it.round();
    }
    tongue.say(to, message);
  }
}
