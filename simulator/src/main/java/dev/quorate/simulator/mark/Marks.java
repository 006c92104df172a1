package dev.quorate.simulator.mark;

import dev.quorate.simulator.observe.Mark;
import java.util.List;

/** The marks that make sense for every engine. */
public final class Marks {
  private Marks() {}

  public static List<Mark> ofAnyEngine() {
    return List.of();
  }
}
