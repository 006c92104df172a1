package dev.quorate.simulator.clock;

import java.util.List;

/**
 * A stream of seeded chance: SplitMix64 (Steele, Lea, Flood 2014).
 *
 * <p>Every concern has a stream of its own, so that one more draw in one place changes nothing in
 * another: a seed stays worth something when a fault is added elsewhere.
 */
public final class Chance {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private final long seed;
  private long state;

  public Chance(long seed) {
    this.seed = seed;
    this.state = mix(seed + GAMMA);
  }

  /** The stream of one concern: the same for the same name, whatever was drawn here before. */
  public Chance stream(String concern) {
    long hash = seed;
    for (int i = 0; i < concern.length(); i++) {
      hash = mix(hash * 31 + concern.charAt(i) + GAMMA);
    }
    return new Chance(hash);
  }

  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** From 0 to {@code bound - 1}. */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("nothing is below " + bound);
    }
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** From {@code least} to {@code most}, both included; at most 2^53 of them. */
  public long between(long least, long most) {
    if (most < least) {
      throw new IllegalArgumentException("nothing is between " + least + " and " + most);
    }
    return least + (long) (fraction() * (most - least + 1));
  }

  /** From 0 to just below 1. */
  public double fraction() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Whether something happens that happens so often, from 0 (never) to 1 (always). */
  public boolean happens(double probability) {
    return fraction() < probability;
  }

  /** Exponentially distributed with this mean: waiting times of what happens at any time. */
  public double exponential(double mean) {
    return -mean * StrictMath.log(1 - fraction());
  }

  /** One of several. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long x = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
