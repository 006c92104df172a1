package dev.quorate.simulator.net;

/**
 * How a link treats frames.
 *
 * @param loss how many of them vanish, from 0 to 1
 * @param duplication how many arrive twice
 * @param replay how many are followed by an old frame of the same link
 * @param leastDelay in nanoseconds
 * @param spread what is added to it at most, evenly spread, in nanoseconds
 * @param stragglers how many take much longer
 * @param tail the mean of what those take longer, in nanoseconds
 * @param capacity frames on their way at most; more are lost
 */
public record Weather(
    double loss,
    double duplication,
    double replay,
    long leastDelay,
    long spread,
    double stragglers,
    long tail,
    int capacity) {
  /** Nothing is lost and everything arrives within a millisecond. */
  public static final Weather CALM = new Weather(0, 0, 0, 100_000, 900_000, 0, 0, 1 << 20);

  public Weather {
    if (loss < 0 || loss > 1 || leastDelay < 0 || spread < 0 || tail < 0 || capacity < 1) {
      throw new IllegalArgumentException("no such weather");
    }
  }

  public Weather withLoss(double loss) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }

  public Weather withDuplication(double duplication) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }

  public Weather withReplay(double replay) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }

  public Weather withDelay(long leastDelay, long spread) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }

  public Weather withStragglers(double stragglers, long tail) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }

  public Weather withCapacity(int capacity) {
    return new Weather(loss, duplication, replay, leastDelay, spread, stragglers, tail, capacity);
  }
}
