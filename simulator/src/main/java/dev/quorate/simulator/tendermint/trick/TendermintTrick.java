package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.util.List;

/** A trick on messages of Tendermint; frames that hold something else pass as they are. */
abstract class TendermintTrick implements Trick {
  private final String name;

  TendermintTrick(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void begin(Means means) {
    begin(new Tongue(means));
  }

  @Override
  public final void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    var tongue = new Tongue(means);
    tongue.read(frame).ifPresentOrElse(it -> says(to, it, tongue), () -> means.send(to, frame));
  }

  @Override
  public final void arriving(ValidatorId from, Bytes frame, Means means) {
    if (isListening()) {
      var tongue = new Tongue(means);
      tongue.read(frame).ifPresent(it -> hears(from, it, tongue));
    }
    means.hear(from, frame);
  }

  /** The trick begins. */
  void begin(Tongue tongue) {}

  /** The replica wants to say something, its own or what somebody else has said before. */
  void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, message);
  }

  /** Whether {@link #hears} wants to be called: reading costs time. */
  boolean isListening() {
    return false;
  }

  /** Somebody says something, whose signatures nobody has verified; the replica hears it next. */
  void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {}
}
