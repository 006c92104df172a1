package dev.quorate.explorer;

import java.util.List;

/** The decisions of one trace: SplitMix64, so that a seed means the same on every machine. */
public final class Chance {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  public Chance(long seed) {
    this.state = seed * 0xd1342543de82ef95L + GOLDEN;
  }

  /** A number from 0, below the bound. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  public boolean percent(int share) {
    return below(100) < share;
  }

  public <T> T any(List<T> list) {
    return list.get(below(list.size()));
  }

  /** One of the last so many of a list, the last ones more often. */
  public <T> T recent(List<T> list) {
    int one = below(list.size());
    int other = below(list.size());
    return list.get(list.size() - 1 - Math.min(one, other));
  }

  private long next() {
    state += GOLDEN;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
