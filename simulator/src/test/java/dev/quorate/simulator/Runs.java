package dev.quorate.simulator;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.byzantine.Trick;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import dev.quorate.simulator.tendermint.trick.TendermintTricks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Every engine with every seed, for scenarios that concern them all; and the liars of each. */
final class Runs {
  /** In the order of the arguments: the engine's name, the seed. */
  static final String NAME = "{0}, seed {1}";

  private Runs() {}

  static List<Arguments> ofThreeSeeds() {
    return of(1, 2, 3);
  }

  static List<Arguments> ofFourSeeds() {
    return of(1, 2, 3, 7);
  }

  static List<Arguments> ofFiveSeeds() {
    return of(1, 2, 3, 7, 42);
  }

  static List<Arguments> ofSixSeeds() {
    return of(1, 2, 3, 7, 42, 1999);
  }

  /** A network of four whose first proposer is a. */
  static Simulation seeded(String engine, long seed) {
    return Simulation.seeded(seed).engine(engine).powers(5, 4, 4, 4);
  }

  /** What the repertoire of an engine has under a name. */
  static Trick trick(String engine, String name) {
    return Casting.repertoire(engine).named(name);
  }

  /** Two blocks as proposer, one of them for these. */
  static Trick equivocator(String engine, List<ValidatorId> deceived) {
    return isPbft(engine)
        ? PbftTricks.equivocator(deceived)
        : TendermintTricks.equivocator(deceived);
  }

  /** Bodies of proposals for these only. */
  static Trick withholder(String engine, List<ValidatorId> informed) {
    return isPbft(engine) ? PbftTricks.withholder(informed) : TendermintTricks.withholder(informed);
  }

  private static boolean isPbft(String engine) {
    return engine.equals("pbft");
  }

  private static List<Arguments> of(long... seeds) {
    var runs = new ArrayList<Arguments>();
    for (var engine : Engines.names()) {
      Arrays.stream(seeds).forEach(seed -> runs.add(Arguments.of(engine, seed)));
    }
    return runs;
  }
}
