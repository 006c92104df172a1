package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.clock.Chance;
import java.util.ArrayList;
import java.util.List;

/** How the others are divided: two stories, two parts, nobody in both. */
public final class Split {
  private Split() {}

  /** A part that is neither empty nor everybody, where there are two at least. */
  public static List<ValidatorId> part(List<ValidatorId> all, Chance chance) {
    var part = new ArrayList<ValidatorId>();
    for (var it : all) {
      if (chance.happens(0.5)) {
        part.add(it);
      }
    }
    if (part.isEmpty()) {
      part.add(chance.oneOf(all));
    } else if (part.size() == all.size() && all.size() > 1) {
      part.remove(chance.below(part.size()));
    }
    return List.copyOf(part);
  }

  /** Those who are not in the part. */
  public static List<ValidatorId> rest(List<ValidatorId> all, List<ValidatorId> part) {
    return all.stream().filter(it -> !part.contains(it)).toList();
  }
}
