package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.util.List;

/** Hears everything and says nothing. */
public final class Silent implements Trick {
  @Override
  public String name() {
    return "silent";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {}
}
