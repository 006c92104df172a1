package dev.quorate.simulator.memory;

import dev.quorate.ledger.Limits;
import dev.quorate.mutants.Experiment;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * A network in which d floods the others and nobody else wants anything: what they hold at most
 * after a while, after twice and after four times as long.
 */
abstract class Deluge implements Experiment {
  /** What a node of four holds at most; two generations of verified signatures are most of it. */
  static final Held BOUND = new Held(30_000, 1 << 19);

  static final String BOUNDED = "bounded";

  /** Between two bursts of the flood. */
  static final Duration INTERVAL = Duration.ofMillis(2);

  /** In twice this time each flood has filled whatever has a bound. */
  private static final Duration WHILE = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(100);

  /** What is found valid is remembered, two generations long: that alone takes so long to fill. */
  private static final String CACHE = "VerifiedSignatures";

  /** Peaks differ by what waits for one turn. */
  private static final Held LEAST_GROWTH = new Held(500, 16_384);

  private Held most = new Held(0, 0);

  /** Peaks until the end of each of the three spans. */
  record Peaks(Held first, Held second, Held fourth, Held all, Verdict verdict) {
    /** Nothing, or what of it goes on growing. */
    String growth() {
      boolean stays =
          fourth.objects() <= second.objects() * 1.1 + LEAST_GROWTH.objects()
              && fourth.bytes() <= second.bytes() * 1.1 + LEAST_GROWTH.bytes();
      boolean fits = all.objects() <= BOUND.objects() && all.bytes() <= BOUND.bytes();
      return stays && fits ? BOUNDED : first + " " + second + " " + fourth + " " + all;
    }
  }

  /** {@code FLOOD seed}, such as {@code CLAIMS 1}. */
  @Override
  public final String run(String argument) {
    var words = argument.split(" ", 2);
    return under(words[0], Long.parseLong(words[1])).growth();
  }

  /** The network of a, b, c, and d, which pours that flood. */
  abstract Simulation flooded(String flood, Simulation sim);

  /** Who is flooded, and there all the time. */
  abstract List<String> swamped();

  final Peaks under(String flood, long seed) {
    var calm =
        Simulation.seeded(seed)
            .powers(5, 4, 4, 4)
            .limits(new Limits(4_096, 65_536, 8_192, 4))
            .traffic(0.001, 1)
            .pool(500, 1 << 20)
            .oracles(List.of());
    var sim = flooded(flood, calm);
    // A block takes its time, so that transactions come faster than they are ordered.
    sim.net().weather(it -> it.withDelay(10_000_000, 15_000_000));
    for (int i = 1; i <= 10; i++) {
      sim.at(Duration.ofMillis(30L * i), () -> sim.submit("a", 1));
    }
    var end = WHILE.multipliedBy(4);
    for (var at = LOOK; at.compareTo(end) <= 0; at = at.plus(LOOK)) {
      sim.at(at, () -> look(sim));
    }
    var peaks = new Held[2];
    sim.at(WHILE, () -> peaks[0] = most).at(WHILE.multipliedBy(2), () -> peaks[1] = most);
    var last = new Held[1];
    sim.at(
        end,
        () -> {
          last[0] = Held.by(sim.node("a").process().orElseThrow());
          sim.partition("d");
        });
    var verdict = sim.runFor(end.plusMillis(1));
    return new Peaks(peaks[0], peaks[1], most, last[0], verdict);
  }

  /** What is far beyond the bound has grown enough. */
  private void look(Simulation sim) {
    if (most.objects() > 4 * BOUND.objects()) {
      return;
    }
    for (var name : swamped()) {
      sim.node(name).process().ifPresent(it -> most = most.atLeast(Held.by(it, CACHE)));
    }
  }
}
