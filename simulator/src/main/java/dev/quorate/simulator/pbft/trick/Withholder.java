package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.simulator.byzantine.Split;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Votes for its own proposals before all, but keeps the bodies from some: for a while, or for ever.
 */
final class Withholder extends PbftTrick {
  private @Nullable List<ValidatorId> informed;
  private boolean relents = true;

  /** Chance says whom it informs, and of what it informs the others later. */
  Withholder() {
    super("withholder");
  }

  /** These get all bodies, the others none. */
  Withholder(List<ValidatorId> informed) {
    this();
    this.informed = List.copyOf(informed);
    this.relents = false;
  }

  @Override
  protected void begin(Tongue tongue) {
    if (informed == null) {
      informed =
          tongue.chance().happens(0.3) ? List.of() : Split.part(tongue.others(), tongue.chance());
    }
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (!(message instanceof PrePrepare proposal)) {
      tongue.say(to, message);
      return;
    }
    var known = informed == null ? List.<ValidatorId>of() : informed;
    tongue.say(to.stream().filter(known::contains).toList(), message);
    var rest = Split.rest(to, known);
    tongue.say(rest, new Prepare(proposal.prepare()));
    if (relents && tongue.chance().happens(0.5)) {
      var delay = Duration.ofMillis(tongue.chance().between(5, 2_000));
      tongue.means().after(delay, () -> tongue.say(rest, message));
    }
  }
}
