package dev.quorate.simulator;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.KeyPair;
import dev.quorate.simulator.byzantine.Cast;
import dev.quorate.simulator.byzantine.Keyring;
import dev.quorate.simulator.byzantine.Part;
import dev.quorate.simulator.byzantine.Repertoire;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.node.Sin;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import dev.quorate.simulator.plan.RunPlan;
import dev.quorate.simulator.tendermint.trick.TendermintTricks;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives Byzantine validators their parts, and the keys that they need for them. */
final class Casting {
  private static final String PBFT = "pbft";
  private static final String TENDERMINT = "tendermint";

  private Casting() {}

  /** What the Byzantine validators of a plan play. */
  static Cast draw(RunPlan plan, Chance chance) {
    var span = plan.spans().warmUp().plus(plan.spans().safety());
    return Cast.draw(plan.byzantine(), repertoire(plan.network().engine()), span, chance);
  }

  /** What they are for the world: colluders hold all their keys, others only their own. */
  static SortedMap<String, Sin> sins(Cast cast) {
    var all = new ArrayList<KeyPair>();
    cast.scenes().keySet().forEach(it -> all.add(Keys.of(it)));
    var sins = new TreeMap<String, Sin>();
    cast.scenes()
        .forEach(
            (name, scenes) -> {
              var key = Keys.of(name);
              var keyring = new Keyring(cast.colluding() ? all : List.of(key));
              sins.put(name, new Part(ValidatorId.of(key.publicKey()), keyring, scenes));
            });
    return sins;
  }

  /** What there is to play with an engine. */
  static Repertoire repertoire(String engine) {
    var any = Repertoire.forAnyEngine(Engines.find(engine));
    return switch (engine) {
      case PBFT -> any.with(PbftTricks.all());
      case TENDERMINT -> any.with(TendermintTricks.all());
      default -> any;
    };
  }
}
