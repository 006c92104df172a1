package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.tendermint.TendermintProvider;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.explorer.Chance;
import dev.quorate.explorer.Game;
import dev.quorate.explorer.Play;
import dev.quorate.explorer.Scene;
import dev.quorate.explorer.Stage;
import dev.quorate.explorer.Swarm;
import dev.quorate.explorer.Trace;
import java.util.TreeMap;

/** Traces of Tendermint. */
final class TendermintGame implements Game {
  /** Heights that are built at all. */
  static final int HEIGHTS = 3;

  private static final int MOST_BLOCKS = 40;
  private static final int DEPTHS = 5;

  private static final Play<TendermintMessage> PLAY =
      new Play<>(
          new TendermintProvider(), new TreeMap<>(), 1, Kind::of, HEIGHTS, MOST_BLOCKS, true);

  @Override
  public String module() {
    return "consensus-tendermint";
  }

  @Override
  public Trace<TendermintMessage, Act> trace(long seed, boolean agreementOnly, boolean logged) {
    var chance = new Chance(seed);
    var scene = Scene.drawn(PLAY, chance);
    var invariants = new Invariants(scene, agreementOnly);
    var words = logged ? new TendermintWords(scene.cast()) : null;
    var stage = new Stage<>(scene, chance, invariants, agreementOnly, words);
    var swarm = new Swarm<>(chance, Act.values(), DEPTHS, 0);
    return new Trace<>(
        stage, swarm, new TendermintActs(stage, chance, swarm, new Liar(scene, chance)));
  }

  @Override
  public Rule agreement() {
    return Rule.AGREEMENT;
  }

  @Override
  public Rule rule(String name) {
    return Rule.valueOf(name);
  }
}
