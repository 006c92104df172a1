package dev.quorate.simulator.plan;

/**
 * What clients do.
 *
 * @param perSecond transactions a second on average
 * @param burst how many come at once on average
 */
public record Traffic(double perSecond, int burst) {
  public Traffic {
    if (perSecond <= 0 || burst < 1) {
      throw new IllegalArgumentException(
          perSecond + " transactions a second, " + burst + " at once");
    }
  }
}
