package dev.quorate.consensus.core.vote;

/**
 * The attempt at a height that a vote belongs to: Tendermint's round, PBFT's view. Never negative.
 */
public record Round(int value) implements Comparable<Round> {
  /** The first round. */
  public static final Round ZERO = new Round(0);

  public Round {
    if (value < 0) {
      throw new IllegalArgumentException("round " + value + " is negative");
    }
  }

  @Override
  public int compareTo(Round other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
