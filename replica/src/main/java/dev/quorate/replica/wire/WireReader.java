package dev.quorate.replica.wire;

import dev.quorate.crypto.Bytes;

/**
 * Reads protobuf's wire format strictly and without copying: shortest varints only, lengths checked
 * before they are believed, byte strings as slices of the frame.
 */
final class WireReader {
  private static final int MAX_VARINT_BYTES = 10;

  private final Bytes bytes;
  private int position;

  WireReader(Bytes bytes) {
    this.bytes = bytes;
  }

  /** Says that a frame is no canonical encoding; never leaves this package. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String reason) {
      super(reason, null, false, false);
    }
  }

  boolean atEnd() {
    return position == bytes.length();
  }

  /** Whether the next field is this one; it is not read. */
  boolean nextIs(int tag) {
    return !atEnd() && (bytes.at(position) & 0xff) == tag;
  }

  /** Reads over a tag, which must be this one (of one byte). */
  void expect(int tag) throws MalformedException {
    if (!nextIs(tag)) {
      throw new MalformedException("not the field that belongs here");
    }
    position++;
  }

  void expectEnd() throws MalformedException {
    if (!atEnd()) {
      throw new MalformedException("trailing bytes");
    }
  }

  /** A number of 63 bits. */
  long varint() throws MalformedException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (atEnd()) {
        throw new MalformedException("a number is cut off");
      }
      byte next = bytes.at(position++);
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        if ((next == 0 && i > 0) || value < 0 || i == MAX_VARINT_BYTES - 1) {
          throw new MalformedException("a number is too long or negative");
        }
        return value;
      }
    }
    throw new MalformedException("a number without end");
  }

  /** A number that is left out when it is 0. */
  long optionalVarint(int tag) throws MalformedException {
    if (!nextIs(tag)) {
      return 0;
    }
    position++;
    long value = varint();
    if (value == 0) {
      throw new MalformedException("a default is written out");
    }
    return value;
  }

  /** A byte string with its length before it, as a slice. */
  Bytes bytes() throws MalformedException {
    long length = varint();
    if (length > bytes.length() - position) {
      throw new MalformedException("a length beyond the frame");
    }
    int from = position;
    position += (int) length;
    return bytes.slice(from, position);
  }
}
