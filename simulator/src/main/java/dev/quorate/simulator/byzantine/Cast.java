package dev.quorate.simulator.byzantine;

import dev.quorate.simulator.clock.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is Byzantine in a run, and what each of them plays.
 *
 * @param scenes by the validator's name
 * @param colluding whether they hold each other's keys
 */
public record Cast(SortedMap<String, List<Scene>> scenes, boolean colluding) {
  private static final int MOST_SCENES = 3;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  public Cast {
    var copy = new TreeMap<String, List<Scene>>();
    scenes.forEach((name, of) -> copy.put(name, List.copyOf(of)));
    scenes = copy;
  }

  /**
   * Draws for each of these validators up to three tricks, one over the other or one after the
   * other; half of them last to the end of the run.
   *
   * @param span in which the others begin and end
   */
  public static Cast draw(
      List<String> byzantine, Repertoire repertoire, Duration span, Chance chance) {
    var scenes = new TreeMap<String, List<Scene>>();
    for (var name : byzantine) {
      scenes.put(name, scenes(repertoire, span, chance));
    }
    return new Cast(scenes, chance.happens(0.5));
  }

  private static List<Scene> scenes(Repertoire repertoire, Duration span, Chance chance) {
    var scenes = new ArrayList<Scene>();
    int count = 1 + chance.below(MOST_SCENES);
    for (int i = 0; i < count; i++) {
      var trick = chance.oneOf(repertoire.tricks()).get();
      long whole = span.toMillis();
      var from = Duration.ofMillis(chance.happens(0.5) ? 0 : chance.between(0, whole / 2));
      var until = Duration.ofMillis(chance.between(from.toMillis(), whole));
      scenes.add(new Scene(trick, from, chance.happens(0.5) ? FOR_EVER : until));
    }
    return scenes;
  }
}
