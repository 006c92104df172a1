package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Says again, to anybody and at any time, what it or somebody else said before: of earlier views,
 * of delivered heights, and under its own name what others said.
 */
public final class Replayer implements Trick {
  /** Frames that it keeps: some from the very beginning, some from of late. */
  private static final int KEPT = 200;

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final List<Bytes> kept = new ArrayList<>();

  @Override
  public String name() {
    return "replayer";
  }

  @Override
  public void begin(Means means) {
    means.every(
        INTERVAL,
        () -> {
          if (!kept.isEmpty()) {
            means.send(means.chance().oneOf(means.others()), means.chance().oneOf(kept));
          }
        });
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    keep(frame, means);
    means.send(to, frame);
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    keep(frame, means);
    means.hear(from, frame);
  }

  private void keep(Bytes frame, Means means) {
    if (kept.size() < KEPT) {
      kept.add(frame);
    } else if (means.chance().happens(0.1)) {
      kept.set(means.chance().below(KEPT), frame);
    }
  }
}
