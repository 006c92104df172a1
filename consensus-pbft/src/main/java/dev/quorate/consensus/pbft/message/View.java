package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.vote.Round;

/** A reign of one primary schedule. Votes carry it as their round. Never negative. */
public record View(int value) implements Comparable<View> {
  /** The view in which every chain begins. */
  public static final View ZERO = new View(0);

  public View {
    if (value < 0) {
      throw new IllegalArgumentException("view " + value + " is negative");
    }
  }

  public static View of(Round round) {
    return new View(round.value());
  }

  public Round round() {
    return new Round(value);
  }

  public boolean isAbove(View other) {
    return value > other.value;
  }

  @Override
  public int compareTo(View other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
