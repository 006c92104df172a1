package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import java.util.List;

/**
 * Votes with all keys of its accomplices at once, for whatever it votes for itself, and COMMITs
 * what it only PREPAREd: the others get a heap of valid votes over one channel.
 */
final class Colluder extends PbftTrick {
  Colluder() {
    super("colluder");
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (message instanceof Prepare(var vote)) {
      second(to, vote.vote(), tongue);
    } else if (message instanceof Commit(var vote)) {
      second(to, vote.vote(), tongue);
    } else if (message instanceof PrePrepare it) {
      second(to, it.prepare().vote(), tongue);
    }
  }

  private static void second(List<ValidatorId> to, Vote vote, Tongue tongue) {
    for (var accomplice : tongue.means().accomplices()) {
      tongue.say(to, tongue.prepare(vote, accomplice));
      tongue.say(to, tongue.commit(vote, accomplice));
    }
  }
}
