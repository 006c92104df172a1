package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.util.List;

/**
 * One way in which a validator betrays the others. Under it runs an honest replica, whose frames it
 * may drop, change or add to, and which hears what the trick lets it hear.
 *
 * <p>Made anew for every run, with chance of its own.
 */
public interface Trick {
  /** What it is called, in plans and tables. */
  String name();

  /** The trick begins: what it does by itself is planned here. */
  default void begin(Means means) {}

  /** The replica wants a frame to go to these validators. */
  default void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    means.send(to, frame);
  }

  /** A frame came in. */
  default void arriving(ValidatorId from, Bytes frame, Means means) {
    means.hear(from, frame);
  }
}
