package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.util.List;

/** Passes on under its own name what others say, the same or to somebody else, and doubles it. */
public final class Impersonator implements Trick {
  @Override
  public String name() {
    return "impersonator";
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    if (means.chance().happens(0.3)) {
      var to = Split.part(means.others(), means.chance());
      means.send(to, frame);
      means.send(List.of(to.getFirst()), frame);
    }
    means.hear(from, frame);
  }
}
