package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.vote.Round;

/** A reign of one primary schedule. Votes carry it as their round. Never negative. */
record View(int value) implements Comparable<View> {
  /** The view in which every chain begins. */
  static final View ZERO = new View(0);

  View {
    if (value < 0) {
      throw new IllegalArgumentException("view " + value + " is negative");
    }
  }

  static View of(Round round) {
    return new View(round.value());
  }

  Round round() {
    return new Round(value);
  }

  boolean isAbove(View other) {
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
