package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import java.nio.ByteBuffer;

/**
 * An engine's state as the store keeps it, with a number that every save raises by one. The sign
 * guard notes the number, so a store that was rolled back is recognised.
 */
public record NumberedState(long number, Bytes state) {
  private static final byte FORMAT = 1;
  private static final int HEADER = 9;

  /** Format (1 byte), number (8, big-endian), state. */
  public Bytes encode() {
    var out = ByteBuffer.allocate(HEADER + state.length()).put(FORMAT).putLong(number);
    state.copyTo(out);
    return Bytes.wrap(out.array());
  }

  /** What {@link #encode} wrote; refuses anything else with {@link IllegalStateException}. */
  public static NumberedState decode(Bytes saved) {
    if (saved.length() < HEADER || saved.at(0) != FORMAT) {
      throw new IllegalStateException(
          "the saved engine state has %d bytes and format %d, this replica reads format %d"
              .formatted(saved.length(), saved.isEmpty() ? 0 : saved.at(0), FORMAT));
    }
    long number = saved.slice(1, HEADER).asBuffer().getLong();
    return new NumberedState(number, saved.slice(HEADER, saved.length()));
  }
}
