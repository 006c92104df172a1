package dev.quorate.simulator.plan;

import dev.quorate.ledger.Limits;
import dev.quorate.simulator.clock.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws a plan. */
final class PlanDrawing {
  /** The share of runs with real signatures, each of which costs as much as nine others. */
  private static final double REAL_SIGNATURES = 0.005;

  private static final List<List<Long>> FOUR =
      List.of(List.of(1L, 1L, 1L, 1L), List.of(40L, 30L, 20L, 10L), List.of(5L, 4L, 4L, 4L));
  private static final List<List<Long>> SEVEN =
      List.of(
          List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L),
          List.of(30L, 20L, 15L, 15L, 10L, 6L, 4L),
          List.of(9L, 8L, 8L, 8L, 8L, 8L, 8L));

  private final long seed;
  private final Chance chance;

  PlanDrawing(long seed, Chance chance) {
    this.seed = seed;
    this.chance = chance;
  }

  RunPlan draw(String engine) {
    var network = network(engine);
    var faults = faults();
    var faulty = faulty(network.powers());
    var amnesiacs = new ArrayList<String>();
    var byzantine = new ArrayList<String>();
    for (var name : faulty) {
      boolean forgets = faults.containsKey(Family.AMNESIA);
      boolean lies = faults.containsKey(Family.BYZANTINE);
      if (lies && (!forgets || chance.happens(0.5))) {
        byzantine.add(name);
      } else if (forgets) {
        amnesiacs.add(name);
      }
    }
    var traffic = new Traffic(chance.between(20, 120), (int) chance.between(1, 6));
    var spans =
        new Spans(
            Duration.ofMillis(chance.between(500, 1_500)),
            Duration.ofMillis(chance.between(3_000, 10_000)),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30));
    return new RunPlan(seed, network, faults, amnesiacs, byzantine, traffic, spans);
  }

  private NetworkPlan network(String engine) {
    var powers = chance.oneOf(chance.happens(0.75) ? FOUR : SEVEN);
    var parameters = engine.equals("tendermint") ? ofTendermint() : ofPbft();
    int maxBlock = chance.happens(0.2) ? 4_096 : 65_536;
    var limits =
        new Limits(
            Math.min(maxBlock / 2, 4_096),
            maxBlock,
            (int) chance.between(256, maxBlock / 2),
            (int) chance.between(2, 40));
    return new NetworkPlan(engine, powers, parameters, limits, chance.happens(REAL_SIGNATURES));
  }

  private SortedMap<String, Long> ofPbft() {
    var parameters = new TreeMap<String, Long>();
    parameters.put("t_max_ms", 4_000L);
    parameters.put("window", chance.oneOf(List.of(1L, 2L, 4L, 4L, 4L, 8L)));
    if (chance.happens(0.2)) {
      parameters.put("rotation", chance.between(1, 12));
    }
    return parameters;
  }

  private SortedMap<String, Long> ofTendermint() {
    var parameters = new TreeMap<String, Long>();
    parameters.put("t_max_ms", 4_000L);
    if (chance.happens(0.2)) {
      parameters.put("empty_block_interval_ms", chance.between(100, 2_000));
    }
    return parameters;
  }

  private SortedMap<Family, Double> faults() {
    var faults = new TreeMap<Family, Double>();
    for (var family : Family.values()) {
      boolean in = chance.happens(0.5);
      double strength = Math.max(0.05, chance.fraction());
      if (in) {
        faults.put(family, strength);
      }
    }
    return faults;
  }

  /** Validators that together are worth no more than may be faulty: at least one, if one may be. */
  private List<String> faulty(List<Long> powers) {
    long total = powers.stream().mapToLong(Long::longValue).sum();
    long budget = total - (2 * total / 3 + 1);
    var order = new ArrayList<Integer>();
    for (int i = 0; i < powers.size(); i++) {
      order.add(chance.below(i + 1), i);
    }
    var faulty = new ArrayList<String>();
    for (int index : order) {
      if (powers.get(index) <= budget) {
        budget -= powers.get(index);
        faulty.add(NetworkPlan.nameOf(index));
      }
    }
    Collections.sort(faulty);
    return faulty;
  }
}
