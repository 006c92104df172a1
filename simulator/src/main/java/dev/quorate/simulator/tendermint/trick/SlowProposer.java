package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.util.List;

/**
 * Proposes when timeoutPropose is nearly over at the others, or just after: some prevote the block
 * then, others nil, and it may still get its polka when all have precommitted.
 */
final class SlowProposer extends TendermintTrick {
  private Duration first = Duration.ZERO;
  private Duration perRound = Duration.ZERO;

  SlowProposer() {
    super("slow proposer");
  }

  @Override
  protected void begin(Tongue tongue) {
    var parameters = tongue.means().genesis().parameters();
    first = Duration.ofMillis(parameters.getOrDefault("t_propose_ms", 300L));
    perRound = Duration.ofMillis(parameters.getOrDefault("t_per_round_ms", 100L));
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it && tongue.isOwn(it)) {
      var timeout = first.plus(perRound.multipliedBy(it.round().value()));
      var delay = timeout.multipliedBy(tongue.chance().between(60, 130)).dividedBy(100);
      tongue.means().after(delay, () -> tongue.say(to, message));
    } else {
      tongue.say(to, message);
    }
  }
}
