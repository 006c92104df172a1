package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.speech.SpokenTrick;

/** A trick on messages of PBFT. */
abstract class PbftTrick extends SpokenTrick<PbftMessage, Tongue> {
  PbftTrick(String name) {
    super(name);
  }

  @Override
  protected final Tongue tongue(Means means) {
    return new Tongue(means);
  }
}
