package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.simulator.byzantine.Split;
import java.time.Duration;
import java.util.List;

/**
 * Votes for its own proposals before all, but keeps the bodies from some: for a while, or for ever.
 */
final class Withholder extends PbftTrick {
  private List<ValidatorId> informed = List.of();

  Withholder() {
    super("withholder");
  }

  @Override
  void begin(Tongue tongue) {
    informed =
        tongue.chance().happens(0.3) ? List.of() : Split.part(tongue.others(), tongue.chance());
  }

  @Override
  void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (!(message instanceof PrePrepare proposal)) {
      tongue.say(to, message);
      return;
    }
    tongue.say(to.stream().filter(informed::contains).toList(), message);
    var rest = Split.rest(to, informed);
    tongue.say(rest, new Prepare(proposal.prepare()));
    if (tongue.chance().happens(0.5)) {
      var delay = Duration.ofMillis(tongue.chance().between(5, 2_000));
      tongue.means().after(delay, () -> tongue.say(rest, message));
    }
  }
}
