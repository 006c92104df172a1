package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.pbft.message.PbftMessage;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one step. */
final class Outbox {
  private List<Effect<PbftMessage>> effects = new ArrayList<>();

  void add(Effect<PbftMessage> effect) {
    effects.add(effect);
  }

  void broadcast(PbftMessage message) {
    add(new Effect.Broadcast<>(message));
  }

  /** What was collected since this was last called, in order. */
  List<Effect<PbftMessage>> take() {
    var taken = effects;
    effects = new ArrayList<>();
    return List.copyOf(taken);
  }
}
