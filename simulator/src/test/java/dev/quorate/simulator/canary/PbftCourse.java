package dev.quorate.simulator.canary;

import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.byzantine.Censor;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.net.Weather;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.pbft.PbftOracles;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import dev.quorate.simulator.plan.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of PBFT. All but {@link #SWARM} are of four equal validators, of which a is the first
 * primary.
 */
enum PbftCourse implements Course {
  /** Whatever the seed draws. */
  SWARM {
    @Override
    public Simulation of(long seed) {
      return Simulation.of(RunPlan.of(seed, "pbft"));
    }

    @Override
    public Verdict run(Simulation world) {
      return world.run();
    }
  },
  /** Nothing goes wrong. */
  CALM {
    @Override
    void direct(Simulation world) {}
  },
  /**
   * The network falls into halves for so long that both leave their view, and is whole again; one
   * of a half dies meanwhile and comes back.
   */
  HALVES {
    @Override
    void direct(Simulation world) {
      world
          .at(millis(500), () -> world.partition("c", "d"))
          .at(millis(2_500), () -> world.crash("c"))
          .at(millis(2_600), () -> world.restart("c"))
          .at(millis(3_500), world::heal);
    }
  },
  /** One after the other, and then all at once, die around a write and come back. */
  FUSES {
    @Override
    void direct(Simulation world) {
      var kinds = List.of(CrashKind.BEFORE_WRITE, CrashKind.AFTER_WRITE);
      for (int i = 0; i < WRITES.size(); i++) {
        var kind = kinds.get(i / 4 % 2);
        var name = NAMES.get(i % 4);
        int write = WRITES.get(i);
        world.at(millis(300 + 200 * i), () -> blow(world, name, kind, write));
      }
      for (var name : NAMES) {
        world
            .at(millis(3_600), () -> world.crash(name))
            .at(millis(3_700), () -> world.restart(name));
      }
      world.restartsAfter(millis(50));
    }

    private void blow(Simulation world, String name, CrashKind kind, int write) {
      var fuse = world.node(name).disk().fuse();
      fuse.blowAt(fuse.boundaries() + write, kind);
    }
  },
  /** The primary is cut off, dies and comes back while transactions wait for it. */
  BLIND_PRIMARY {
    @Override
    void direct(Simulation world) {
      world
          .at(millis(500), () -> world.partition("a"))
          .at(millis(800), () -> world.crash("a"))
          .at(millis(850), () -> world.restart("a"))
          .at(millis(3_000), world::heal);
    }
  },
  /** Frames take longer than a view has time. */
  SLOW {
    @Override
    void direct(Simulation world) {
      world
          .at(millis(500), () -> world.net().weather(it -> it.withDelay(1_000_000, 1_200_000_000)))
          .at(millis(3_500), () -> world.net().weather(_ -> Weather.CALM));
    }
  },
  /** What is final is handed in once more, everywhere. */
  REPEATED {
    @Override
    void direct(Simulation world) {
      var ended = new ArrayList<Transaction>();
      world.listen(
          it -> {
            if (it instanceof Observation.Delivered told) {
              ended.addAll(told.block().transactions());
            }
          });
      Runnable again =
          () ->
              List.copyOf(ended).forEach(it -> NAMES.forEach(name -> world.node(name).submit(it)));
      world.at(millis(500), again).at(millis(1_000), again);
    }
  },
  /** Three frames of ten are lost, and a backup comes back into that. */
  LOSSES {
    @Override
    void direct(Simulation world) {
      world
          .at(millis(300), () -> world.net().weather(it -> it.withLoss(0.3)))
          .at(millis(500), () -> world.crash("d"))
          .at(millis(2_500), () -> world.restart("d"))
          .at(millis(4_000), () -> world.net().weather(_ -> Weather.CALM));
    }
  },
  /** Only one node delivers; the others go on without it after a restart. */
  LONE_COMMIT {
    @Override
    void direct(Simulation world) {
      LoneCommit.acrossARestart(world);
    }
  },
  /** Only one node delivers, in a later view than that of a higher certificate. */
  OLDER_CERTIFICATE {
    @Override
    void direct(Simulation world) {
      LoneCommit.belowAnOlderCertificate(world);
    }
  },
  /** A backup votes twice in every slot. */
  TWO_FACED {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).plays("d", PbftTricks.named("two-faced"));
    }

    @Override
    void direct(Simulation world) {}
  },
  /** A backup says of everybody else that they voted twice. */
  FRAMED {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).plays("d", PbftTricks.named("framer"));
    }

    @Override
    void direct(Simulation world) {}
  },
  /** A backup comes back, and one whom it may ask for final blocks lies about who committed. */
  LIAR_IN_SYNC {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).sin("b", new LiarInSync());
    }

    @Override
    void direct(Simulation world) {
      world.at(millis(500), () -> world.crash("d")).at(millis(2_000), () -> world.restart("d"));
    }
  },
  /** One node after the other is given what no client hands in anywhere else, and nothing else. */
  ENTRUSTED {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).traffic(0.001, 1);
    }

    @Override
    void direct(Simulation world) {
      world.at(millis(300), world::settle);
      for (int i = 0; i < 2 * NAMES.size(); i++) {
        var name = NAMES.get(i % NAMES.size());
        world.at(millis(400 + 100 * i), () -> world.entrust(name));
      }
    }
  },
  /** The same, while the primary never orders what it heard from one of them. */
  CENSORED {
    @Override
    public Simulation of(long seed) {
      return ENTRUSTED.of(seed).plays("a", new Censor());
    }

    @Override
    void direct(Simulation world) {
      ENTRUSTED.direct(world);
    }
  },
  /** The primary proposes what nobody else has, and is cut off for longer than its view lasts. */
  ABANDONED {
    @Override
    void direct(Simulation world) {
      world
          .at(millis(400), world::settle)
          .at(millis(500), () -> world.partition("a"))
          .at(millis(510), () -> world.entrust("a"))
          .at(millis(3_000), world::heal);
    }
  },
  /** All die at once in a settled network, and come back. */
  ALL_DOWN {
    @Override
    void direct(Simulation world) {
      world.at(millis(1_000), world::settle);
      for (var name : NAMES) {
        world
            .at(millis(1_500), () -> world.crash(name))
            .at(millis(1_700), () -> world.restart(name));
      }
      world.at(millis(2_000), () -> world.entrust("b"));
    }
  },
  /** Frames take longer than the longest time of a view. */
  LOW_BOUND {
    @Override
    public Simulation of(long seed) {
      return super.of(seed).parameter("t_max_ms", 600);
    }

    @Override
    void direct(Simulation world) {
      SLOW.direct(world);
    }
  },
  /**
   * The primary dies. Of those who are left one alone hears that all want the next view, waits for
   * it in vain and wants the one after; the others hear of each other only then.
   */
  SCATTERED {
    @Override
    void direct(Simulation world) {
      var reading = new Reading();
      var over = new boolean[1];
      FrameRule deaf =
          (_, to, frame) ->
              over[0]
                  || !(reading.opens(frame, 1)
                      || (!to.equals(world.id("c")) && reading.leavesFor(frame, 1)));
      world
          .at(millis(500), () -> world.crash("a").net().add(deaf))
          .at(millis(3_000), () -> over[0] = true);
    }
  };

  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  /** At which write, counted from then, one node after the other dies. */
  private static final List<Integer> WRITES =
      List.of(2, 3, 1, 2, 2, 3, 1, 2, 4, 5, 1, 2, 3, 4, 5, 1);

  @Override
  public Simulation of(long seed) {
    return Simulation.seeded(seed).parameter("t_max_ms", 2_000).traffic(40, 2);
  }

  /** Says what is to go wrong in it. */
  void direct(Simulation world) {}

  @Override
  public Verdict run(Simulation world) {
    direct(world);
    return world.runFor(this == CALM || this == REPEATED ? millis(1_500) : millis(5_000));
  }

  @Override
  public List<Oracle> oracles() {
    return PbftOracles.all();
  }

  private static Duration millis(int count) {
    return Duration.ofMillis(count);
  }
}
