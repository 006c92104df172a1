package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.explorer.Chance;
import dev.quorate.explorer.Game;
import dev.quorate.explorer.Play;
import dev.quorate.explorer.Scene;
import dev.quorate.explorer.Stage;
import dev.quorate.explorer.Swarm;
import dev.quorate.explorer.Trace;
import java.util.Map;
import java.util.TreeMap;

/** Traces of PBFT. */
final class PbftGame implements Game {
  /** Heights that are built at all. */
  static final int HEIGHTS = 5;

  private static final int MOST_BLOCKS = 64;
  private static final int DEPTHS = 4;
  private static final int LONE_PERCENT = 30;

  /** Patience is a matter of one or two heartbeats. */
  private static final Map<String, Long> PARAMETERS =
      Map.of("heartbeat_ms", 60_000L, "t_heartbeat_ms", 120_000L);

  private static final Play<PbftMessage> PLAY =
      new Play<>(
          new PbftProvider(), new TreeMap<>(PARAMETERS), 2, Kind::of, HEIGHTS, MOST_BLOCKS, false);

  @Override
  public String module() {
    return "consensus-pbft";
  }

  @Override
  public Trace<PbftMessage, Act> trace(long seed, boolean agreementOnly, boolean logged) {
    var chance = new Chance(seed);
    var scene = Scene.drawn(PLAY, chance);
    var invariants = new Invariants(scene, agreementOnly);
    var words = logged ? new PbftWords(scene.cast()) : null;
    var stage = new Stage<>(scene, chance, invariants, agreementOnly, words);
    var swarm = new Swarm<>(chance, Act.values(), DEPTHS, LONE_PERCENT);
    var liar = new Liar(scene, chance);
    return new Trace<>(stage, swarm, new PbftActs(stage, chance, swarm, liar, invariants));
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
