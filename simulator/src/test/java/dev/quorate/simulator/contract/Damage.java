package dev.quorate.simulator.contract;

import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that somebody has changed. */
final class Damage {
  private static final int MOST_CUTS = 200;
  private static final int MOST_FLIPS = 400;

  private Damage() {}

  /** Cut short, made longer, doubled, and with single bits changed: evenly spread over it. */
  static List<Bytes> of(Bytes whole) {
    var damaged = new ArrayList<Bytes>();
    int length = whole.length();
    for (int cut = 0; cut < length; cut += 1 + length / MOST_CUTS) {
      damaged.add(whole.slice(0, cut));
    }
    var bytes = whole.toArray();
    damaged.add(Bytes.copyOf(Arrays.copyOf(bytes, length + 1)));
    var twice = Arrays.copyOf(bytes, 2 * length);
    System.arraycopy(bytes, 0, twice, length, length);
    damaged.add(Bytes.copyOf(twice));
    for (int bit = 0; bit < 8 * length; bit += 1 + 8 * length / MOST_FLIPS) {
      var flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      damaged.add(Bytes.copyOf(flipped));
    }
    return damaged;
  }

  /** What was never a message: noise, and fields that claim to be far longer than they are. */
  static List<Bytes> noise(long seed) {
    var random = new Random(seed);
    var noise = new ArrayList<Bytes>();
    noise.add(Bytes.EMPTY);
    for (int i = 0; i < 2_000; i++) {
      var bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      noise.add(Bytes.copyOf(bytes));
    }
    for (int field = 1; field <= 15; field++) {
      for (var length : List.of(new int[] {0x7f}, new int[] {0xff, 0xff, 0xff, 0xff, 0x07})) {
        noise.add(delimited(field, length, 0));
        noise.add(delimited(field, length, 40));
      }
    }
    return noise;
  }

  /** A length-delimited field in protobuf's encoding, with less behind it than it claims. */
  private static Bytes delimited(int field, int[] length, int behind) {
    var bytes = new byte[1 + length.length + behind];
    bytes[0] = (byte) (field << 3 | 2);
    for (int i = 0; i < length.length; i++) {
      bytes[1 + i] = (byte) length[i];
    }
    return Bytes.copyOf(bytes);
  }
}
