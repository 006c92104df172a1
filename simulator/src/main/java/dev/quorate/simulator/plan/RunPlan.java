package dev.quorate.simulator.plan;

import dev.quorate.simulator.clock.Chance;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is decided before a run begins. A seed draws one, so that each run has its own mixture
 * (swarm testing, Groce and others, ISSTA 2012): a family that is always there would hide what only
 * shows without it.
 *
 * @param faults the families that are in, each with the mean number of incidents a second; of
 *     weather, the strength from 0 to 1
 * @param amnesiacs names of the validators whose disks may lose promises
 * @param byzantine names of the validators that may do anything
 */
public record RunPlan(
    long seed,
    NetworkPlan network,
    SortedMap<Family, Double> faults,
    List<String> amnesiacs,
    List<String> byzantine,
    Traffic traffic,
    Spans spans) {
  public RunPlan {
    faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
    amnesiacs = List.copyOf(amnesiacs);
    byzantine = List.copyOf(byzantine);
  }

  /** The plan that belongs to a seed. */
  public static RunPlan of(long seed, String engine) {
    return new PlanDrawing(seed, new Chance(seed).stream("plan")).draw(engine);
  }

  /** How strong a family is; 0 when it is not in. */
  public double strength(Family family) {
    return faults.getOrDefault(family, 0.0);
  }
}
