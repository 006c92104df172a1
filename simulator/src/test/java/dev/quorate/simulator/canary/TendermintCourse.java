package dev.quorate.simulator.canary;

import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.tendermint.TendermintOracles;
import java.time.Duration;
import java.util.List;

/** Runs of Tendermint, of four validators, equal ones unless it says otherwise. */
enum TendermintCourse implements Course {
  /** Nothing goes wrong. */
  QUIET {
    @Override
    void direct(Simulation world) {}
  },

  /** One validator says all the time that it is in the next round already. */
  HASTY {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).plays("d", new Hasty());
    }

    @Override
    void direct(Simulation world) {}
  },

  /** The network falls into halves for a while. */
  SPLIT {
    @Override
    void direct(Simulation world) {
      world
          .at(Duration.ofMillis(500), () -> world.partition("c", "d"))
          .at(Duration.ofMillis(2_500), world::heal);
    }
  },

  /** One alone is locked on a block, and in the next round another one is proposed. */
  HIDDEN_LOCK {
    @Override
    void direct(Simulation world) {
      RoundScripts.hiddenLock(world);
    }
  },

  /** One alone is locked; in the next round all vote nil, and then another block is proposed. */
  LOCK_AND_NIL {
    @Override
    void direct(Simulation world) {
      RoundScripts.lockBeforeNilPolka(world);
    }
  },

  /** The same, with timeouts that reach their bound in the second round. */
  EARLY_BOUND {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).parameter("t_max_ms", 150);
    }

    @Override
    void direct(Simulation world) {
      RoundScripts.lockBeforeNilPolka(world);
    }
  },

  /** The one that is locked dies and comes back before another block is proposed. */
  LOCK_RESTARTED {
    @Override
    void direct(Simulation world) {
      RoundScripts.lockAcrossARestart(world);
    }
  },

  /** The one that is locked dies in the next round, and comes back for its own turn to propose. */
  VALID_RESTARTED {
    @Override
    void direct(Simulation world) {
      RoundScripts.validBlockAcrossARestart(world);
    }
  },

  /** Two are locked, each alone, in two rounds; then the older one's block is proposed again. */
  TWO_LOCKS {
    @Override
    void direct(Simulation world) {
      RoundScripts.laterLock(world);
    }
  },

  /** A block can be decided, and nobody knows; who has not seen its polka proposes another one. */
  OPEN_DECISION {
    @Override
    void direct(Simulation world) {
      RoundScripts.openDecision(world);
    }
  },

  /** One alone is locked, and another one dies for good: nobody decides without the lock. */
  NEEDED_LOCK {
    @Override
    void direct(Simulation world) {
      RoundScripts.neededLock(world);
    }
  },

  /** The same, and who is locked has so little power that its turn to propose comes late. */
  LITTLE_LOCK {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).powers(32, 1, 32, 32);
    }

    @Override
    void direct(Simulation world) {
      RoundScripts.littleLock(world);
    }
  },

  /** One hears of no round but the first; then another one dies, and no quorum is without it. */
  LEFT_BEHIND {
    @Override
    void direct(Simulation world) {
      RoundScripts.leftBehind(world);
    }
  },

  /** One dies after its prevote, and has no proposal when it is back in that round. */
  PREVOTE_RESTARTED {
    @Override
    void direct(Simulation world) {
      RoundScripts.prevoteAcrossARestart(world);
    }
  };

  @Override
  public Simulation of(long seed) {
    return Simulation.seeded(seed).engine("tendermint").parameter("t_max_ms", 2_000).traffic(40, 2);
  }

  /** Says what is to go wrong in it. */
  abstract void direct(Simulation world);

  @Override
  public Verdict run(Simulation world) {
    direct(world);
    return world.runFor(Duration.ofMillis(this == QUIET || this == HASTY ? 1_500 : 4_000));
  }

  @Override
  public List<Oracle> oracles() {
    return TendermintOracles.all();
  }
}
