package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.simulator.byzantine.Split;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Votes for its own proposals before all, but keeps the proposals themselves, and so the bodies,
 * from some: for a while, or for ever.
 */
final class Withholder extends TendermintTrick {
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
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (!(message instanceof Proposal)) {
      tongue.say(to, message);
      return;
    }
    var known = informed == null ? List.<ValidatorId>of() : informed;
    tongue.say(to.stream().filter(known::contains).toList(), message);
    if (relents && tongue.chance().happens(0.5)) {
      var delay = Duration.ofMillis(tongue.chance().between(5, 2_000));
      tongue.means().after(delay, () -> tongue.say(Split.rest(to, known), message));
    }
  }
}
