package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.time.Duration;
import java.util.List;

/** Says everything late, each time by another while, so that its words overtake each other. */
public final class Laggard implements Trick {
  private static final long LONGEST_MILLIS = 450;

  @Override
  public String name() {
    return "laggard";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    for (var it : to) {
      var delay = Duration.ofMillis(means.chance().between(0, LONGEST_MILLIS));
      means.after(delay, () -> means.send(it, frame));
    }
  }
}
