package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;

/** Proposes nothing where the sum of height and round is even, or odd: honest between. */
final class SilentProposer extends TendermintTrick {
  private long silentAt;

  SilentProposer() {
    super("proposer that is silent every other time");
  }

  @Override
  protected void begin(Tongue tongue) {
    silentAt = tongue.chance().below(2);
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    boolean silent =
        message instanceof Proposal it
            && tongue.isOwn(it)
            && (it.height().value() + it.round().value()) % 2 == silentAt;
    if (!silent) {
      tongue.say(to, message);
    }
  }
}
