package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import java.util.List;

/** COMMITs every proposal as soon as it hears it, prepared or not, also in views that it left. */
final class EarlyCommitter extends PbftTrick {
  EarlyCommitter() {
    super("early committer");
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    if (message instanceof PrePrepare it) {
      tongue.sayToAll(tongue.commit(it.prepare().vote(), tongue.self()));
    }
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (message instanceof PrePrepare it) {
      tongue.say(to, tongue.commit(it.prepare().vote(), tongue.self()));
    }
  }
}
