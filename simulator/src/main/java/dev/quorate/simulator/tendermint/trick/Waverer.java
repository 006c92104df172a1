package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.simulator.byzantine.Split;
import java.util.List;

/** Votes for a block before some, for nil before the others; sometimes for both before all. */
final class Waverer extends TendermintTrick {
  Waverer() {
    super("votes for a block and for nil");
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    boolean own = tongue.isOwn(message);
    if (own && message instanceof Prevote(var vote)) {
      waver(to, vote, tongue);
    } else if (own && message instanceof Precommit(var vote)) {
      waver(to, vote, tongue);
    } else {
      tongue.say(to, message);
    }
  }

  private static void waver(List<ValidatorId> to, SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    var nil = Tongue.message(tongue.nil(vote.type(), vote.height(), vote.round()));
    if (tongue.chance().happens(0.3)) {
      tongue.say(to, nil);
      tongue.say(to, Tongue.message(signed));
    } else {
      var convinced = Split.part(tongue.others(), tongue.chance());
      tongue.say(to.stream().filter(convinced::contains).toList(), Tongue.message(signed));
      tongue.say(Split.rest(to, convinced), nil);
    }
  }
}
