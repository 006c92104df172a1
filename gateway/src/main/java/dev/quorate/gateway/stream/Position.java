package dev.quorate.gateway.stream;

import java.util.Optional;

/**
 * A place in the stream: the block event of a height ({@code index} is {@link #BLOCK}) or one of
 * its transactions (from 0). Its text, {@code 42} or {@code 42.7}, is what clients resume by.
 */
record Position(long height, int index) implements Comparable<Position> {
  /** Stands for the block itself, which comes before its transactions. */
  static final int BLOCK = -1;

  Position {
    if (height < 0 || index < BLOCK) {
      throw new IllegalArgumentException("position " + height + "." + index);
    }
  }

  static Position ofBlock(long height) {
    return new Position(height, BLOCK);
  }

  /** Reads its text; numbers are decimal, without sign or leading zeros. */
  static Optional<Position> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return number(text, Long.MAX_VALUE - 1).map(Position::ofBlock);
    }
    return number(text.substring(0, dot), Long.MAX_VALUE - 1)
        .flatMap(
            height ->
                number(text.substring(dot + 1), Integer.MAX_VALUE - 1)
                    .map(index -> new Position(height, Math.toIntExact(index))));
  }

  /** Reads a height. */
  static Optional<Long> height(String text) {
    return number(text, Long.MAX_VALUE - 1);
  }

  /** The next place within the block, which it may not have. */
  Position next() {
    return new Position(height, index + 1);
  }

  /** The beginning of the block after this one. */
  Position nextBlock() {
    return ofBlock(height + 1);
  }

  private static Optional<Long> number(String digits, long max) {
    boolean wellFormed =
        !digits.isEmpty()
            && digits.length() <= 19
            && (digits.equals("0") || !digits.startsWith("0"))
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      return wellFormed
          ? Optional.of(Long.parseLong(digits)).filter(it -> it <= max)
          : Optional.empty();
    } catch (NumberFormatException above64Bits) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Position other) {
    return height != other.height
        ? Long.compare(height, other.height)
        : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return index == BLOCK ? Long.toString(height) : height + "." + index;
  }
}
