package dev.quorate.simulator.byzantine.speech;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.util.List;

/**
 * A trick on an engine's messages; frames that hold something else pass as they are.
 *
 * @param <T> how the engine's messages are said
 */
public abstract class SpokenTrick<M extends Message<M>, T extends Speech<M>> implements Trick {
  private final String name;

  protected SpokenTrick(String name) {
    this.name = name;
  }

  /** The engine's tongue, with what this trick can do. */
  protected abstract T tongue(Means means);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void begin(Means means) {
    begin(tongue(means));
  }

  @Override
  public final void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    var tongue = tongue(means);
    tongue.read(frame).ifPresentOrElse(it -> says(to, it, tongue), () -> means.send(to, frame));
  }

  @Override
  public final void arriving(ValidatorId from, Bytes frame, Means means) {
    if (isListening()) {
      var tongue = tongue(means);
      tongue.read(frame).ifPresent(it -> hears(from, it, tongue));
    }
    means.hear(from, frame);
  }

  /** The trick begins. */
  protected void begin(T tongue) {}

  /** The replica wants to say something, its own or what somebody else has said before. */
  protected void says(List<ValidatorId> to, M message, T tongue) {
    tongue.say(to, message);
  }

  /** Whether {@link #hears} wants to be called: reading costs time. */
  protected boolean isListening() {
    return false;
  }

  /** Somebody says something, whose signatures nobody has verified; the replica hears it next. */
  protected void hears(ValidatorId from, M message, T tongue) {}
}
