package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Signature;
import dev.quorate.simulator.observe.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step of an engine says, seen from outside. */
final class Steps {
  private Steps() {}

  /** What it says to all. */
  static List<TendermintMessage> said(Observation.Stepped step) {
    var said = new ArrayList<TendermintMessage>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message)
          && message instanceof TendermintMessage it) {
        said.add(it);
      }
    }
    return said;
  }

  /** The prevote that it makes, if it does: what is repeated was signed before. */
  static Optional<Vote> prevote(Observation.Stepped step) {
    for (var message : said(step)) {
      if (message instanceof Prevote(var vote) && vote.signature().equals(Signature.UNSIGNED)) {
        return Optional.of(vote.vote());
      }
    }
    return Optional.empty();
  }

  /** The precommit that it makes, if it does. */
  static Optional<Vote> precommit(Observation.Stepped step) {
    for (var message : said(step)) {
      if (message instanceof Precommit(var vote) && vote.signature().equals(Signature.UNSIGNED)) {
        return Optional.of(vote.vote());
      }
    }
    return Optional.empty();
  }

  /** The message that a step is about, a peer's or an own one. */
  static Optional<TendermintMessage> received(Observation.Stepped step) {
    return step.event() instanceof Event.Received<?>(var signed, _)
            && signed.message() instanceof TendermintMessage it
        ? Optional.of(it)
        : Optional.empty();
  }

  /** Whether a timeout of this step has fired in it. */
  static boolean isTimeout(Observation.Stepped step, Step of) {
    return step.event() instanceof Event.TimerFired<?>(var timer)
        && RoundTimer.of(timer).filter(it -> it.step() == of).isPresent();
  }

  /** Whether a timer that has nothing to do with a round has fired in it. */
  static boolean isFired(Observation.Stepped step, String name) {
    return step.event() instanceof Event.TimerFired<?>(var timer) && timer.toString().equals(name);
  }

  /** Whether it starts such a timer. */
  static boolean starts(Observation.Stepped step, String name) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.StartTimer<?>(var timer, _) && timer.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it stops such a timer. */
  static boolean cancels(Observation.Stepped step, String name) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.CancelTimer<?>(var timer) && timer.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
