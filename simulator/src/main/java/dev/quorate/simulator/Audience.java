package dev.quorate.simulator;

import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who looks at a run: everybody is told of the kinds of observations that concern him only. */
final class Audience {
  private final List<Oracle> oracles = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final TreeMap<String, Long> marksHit = new TreeMap<>();
  private final Map<Class<?>, Seats> seats = new HashMap<>();

  /** Those that one kind of observations concerns, in the order in which they came. */
  private record Seats(List<Oracle> oracles, List<Mark> marks) {}

  void add(Oracle oracle) {
    oracles.add(oracle);
    seats.clear();
  }

  void add(Mark mark) {
    marks.add(mark);
    marksHit.put(mark.name(), 0L);
    seats.clear();
  }

  /** How often each mark was hit. */
  Map<String, Long> marksHit() {
    return marksHit;
  }

  void see(Observation observation, World world) {
    var kind = observation.getClass();
    var those = seats.get(kind);
    if (those == null) {
      those = seatsFor(kind);
      seats.put(kind, those);
    }
    for (var oracle : those.oracles()) {
      oracle.see(observation, world);
    }
    for (var mark : those.marks()) {
      if (mark.isHit(observation, world)) {
        marksHit.merge(mark.name(), 1L, Long::sum);
      }
    }
  }

  private Seats seatsFor(Class<? extends Observation> kind) {
    return new Seats(
        oracles.stream().filter(it -> concerns(it.kinds(), kind)).toList(),
        marks.stream().filter(it -> concerns(it.kinds(), kind)).toList());
  }

  private static boolean concerns(
      Set<Class<? extends Observation>> kinds, Class<? extends Observation> kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }
}
