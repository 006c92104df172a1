package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one step. */
final class Outbox {
  private List<Effect<TendermintMessage>> effects = new ArrayList<>();

  void add(Effect<TendermintMessage> effect) {
    effects.add(effect);
  }

  void broadcast(TendermintMessage message) {
    add(new Effect.Broadcast<>(message));
  }

  void send(ValidatorId to, TendermintMessage message) {
    add(new Effect.Send<>(to, message));
  }

  void start(TendermintTimer timer, Duration delay) {
    add(new Effect.StartTimer<>(timer, delay));
  }

  void cancel(TendermintTimer timer) {
    add(new Effect.CancelTimer<>(timer));
  }

  void ignore(ValidatorId from, String reason) {
    add(new Effect.Ignored<>(from, reason));
  }

  void halt(String reason) {
    add(new Effect.Halt<>(reason));
  }

  /** What was collected since this was last called, in order. */
  List<Effect<TendermintMessage>> take() {
    var taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
