package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;

/**
 * Votes in both phases with all keys of its accomplices at once, for whatever it votes for itself:
 * the others get a heap of valid votes over one channel.
 */
final class Colluder extends TendermintTrick {
  Colluder() {
    super("colluder");
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (message instanceof Prevote(var vote)) {
      second(to, vote, tongue);
    } else if (message instanceof Precommit(var vote)) {
      second(to, vote, tongue);
    }
  }

  private static void second(List<ValidatorId> to, SignedVote signed, Tongue tongue) {
    for (var accomplice : tongue.means().accomplices()) {
      for (var type : VoteType.values()) {
        tongue.say(to, Tongue.message(tongue.same(signed.vote(), type, accomplice)));
      }
    }
  }
}
