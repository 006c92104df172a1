package dev.quorate.consensus.core.vote;

/** A place in the chain; dense, from the network's initial height on. Never negative. */
public record Height(long value) implements Comparable<Height> {
  public Height {
    if (value < 0) {
      throw new IllegalArgumentException("height " + value + " is negative");
    }
  }

  public Height next() {
    return plus(1);
  }

  /** The height before; the one before the first block's is where a chain stands at genesis. */
  public Height previous() {
    return new Height(value - 1);
  }

  /** The height {@code n >= 0} further on; past the largest number it stays there. */
  public Height plus(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("a height does not move on by " + n);
    }
    return new Height(value > Long.MAX_VALUE - n ? Long.MAX_VALUE : value + n);
  }

  public boolean isAbove(Height other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Height other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
