package dev.quorate.ledger;

import dev.quorate.crypto.Bytes;

/**
 * The little of protobuf that is read and written by hand: varints of numbers that are not
 * negative, in their shortest form, and fields of known length.
 */
final class Wire {
  private Wire() {}

  static int varintSize(long value) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  /** Writes a varint from {@code position} on and returns the position behind it. */
  static int putVarint(byte[] target, int position, long value) {
    int at = position;
    long rest = value;
    while (rest > 0x7f) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  /** Bytes of a field with a one-byte tag and this much content. */
  static long fieldSize(long length) {
    return 1 + varintSize(length) + length;
  }

  /** Writes tag and length of a field and returns the position of its content. */
  static int putFieldStart(byte[] target, int position, int tag, int length) {
    target[position] = (byte) tag;
    return putVarint(target, position + 1, length);
  }

  /** Writes a whole field and returns the position behind it. */
  static int putField(byte[] target, int position, int tag, Bytes content) {
    int start = putFieldStart(target, position, tag, content.length());
    content.copyTo(target, start);
    return start + content.length();
  }

  /** Reads length-delimited fields one after the other; whatever is not as asked for is refused. */
  static final class Cursor {
    private final Bytes source;
    private int position;

    Cursor(Bytes source) {
      this.source = source;
    }

    boolean atEnd() {
      return position == source.length();
    }

    /** Whether the next byte is this tag. */
    boolean sees(int tag) {
      return !atEnd() && source.at(position) == (byte) tag;
    }

    /** The content of the next field, a slice of the source. */
    Bytes field(int tag) throws Malformed {
      if (!sees(tag)) {
        throw new Malformed();
      }
      position++;
      int length = length();
      if (length > source.length() - position) {
        throw new Malformed();
      }
      int start = position;
      position += length;
      return source.slice(start, position);
    }

    /** A varint of at most 31 bits in its shortest form. */
    private int length() throws Malformed {
      int value = 0;
      for (int shift = 0; shift <= 28; shift += 7) {
        if (atEnd()) {
          throw new Malformed();
        }
        byte next = source.at(position++);
        boolean last = next >= 0;
        if ((shift == 28 && next > 0x07) || (shift > 0 && next == 0)) {
          throw new Malformed();
        }
        value |= (next & 0x7f) << shift;
        if (last) {
          return value;
        }
      }
      throw new Malformed();
    }
  }

  /** The bytes are not what was asked for. Carries no stack trace: peers can cause any number. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("malformed", null, false, false);
    }
  }
}
