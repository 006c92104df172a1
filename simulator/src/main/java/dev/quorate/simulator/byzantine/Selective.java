package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Speaks to some and not to others, and hears only those it speaks to, or everybody. */
public final class Selective implements Trick {
  private final List<ValidatorId> spokenTo = new ArrayList<>();
  private boolean hearsAll;

  @Override
  public String name() {
    return "selective";
  }

  @Override
  public void begin(Means means) {
    hearsAll = means.chance().happens(0.5);
    spokenTo.addAll(Split.part(means.others(), means.chance()));
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    means.send(to.stream().filter(spokenTo::contains).toList(), frame);
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    if (hearsAll || spokenTo.contains(from)) {
      means.hear(from, frame);
    }
  }
}
