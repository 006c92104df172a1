package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import java.time.Duration;
import java.util.List;

/** Proposes as late as it can without being deposed for it, as long as it is allowed to. */
final class SlowPrimary extends PbftTrick {
  private Duration delay = Duration.ZERO;

  SlowPrimary() {
    super("slow primary");
  }

  @Override
  protected void begin(Tongue tongue) {
    long firstTimeout = tongue.means().genesis().parameters().getOrDefault("t0_ms", 500L);
    delay = Duration.ofMillis(firstTimeout * tongue.chance().between(50, 95) / 100);
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (message instanceof PrePrepare) {
      tongue.means().after(delay, () -> tongue.say(to, message));
    } else {
      tongue.say(to, message);
    }
  }
}
