package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.speech.SpokenTrick;

/** A trick on messages of Tendermint. */
abstract class TendermintTrick extends SpokenTrick<TendermintMessage, Tongue> {
  TendermintTrick(String name) {
    super(name);
  }

  @Override
  protected final Tongue tongue(Means means) {
    return new Tongue(means);
  }
}
