package dev.quorate.simulator.oracle.plain;

import dev.quorate.crypto.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A protobuf message as its fields stand in the bytes: varints and byte strings, nothing else. */
final class PlainFields {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final List<Field> fields = new ArrayList<>();
  private final Bytes encoded;
  private int at;

  /** One field; of number and content only one means anything. */
  private record Field(int tag, long number, Bytes content) {}

  private PlainFields(Bytes encoded) {
    this.encoded = encoded;
  }

  /** Refuses what is no such message with {@link IllegalArgumentException}. */
  static PlainFields of(Bytes encoded) {
    var message = new PlainFields(encoded);
    while (message.at < encoded.length()) {
      message.read();
    }
    return message;
  }

  /** A message with one field in it, which is left out when there is nothing in it. */
  static Bytes wrapped(Bytes content) {
    var out = new ByteArrayOutputStream();
    if (!content.isEmpty()) {
      write(out, 1, content);
    }
    return Bytes.wrap(out.toByteArray());
  }

  static void write(ByteArrayOutputStream out, int field, Bytes content) {
    writeVarint(out, (field << 3) | BYTES);
    writeVarint(out, content.length());
    out.writeBytes(content.toArray());
  }

  static void write(ByteArrayOutputStream out, int field, long number) {
    if (number != 0) {
      writeVarint(out, (field << 3) | VARINT);
      writeVarint(out, number);
    }
  }

  /** A number, 0 when it is not there. */
  long number(int field) {
    return fields.stream()
        .filter(it -> it.tag() == ((field << 3) | VARINT))
        .mapToLong(Field::number)
        .findFirst()
        .orElse(0);
  }

  /** A byte string, empty when it is not there. */
  Bytes content(int field) {
    return all(field).stream().findFirst().orElse(Bytes.EMPTY);
  }

  PlainFields message(int field) {
    return of(content(field));
  }

  List<Bytes> all(int field) {
    return fields.stream()
        .filter(it -> it.tag() == ((field << 3) | BYTES))
        .map(Field::content)
        .toList();
  }

  private void read() {
    int tag = (int) varint();
    switch (tag & 7) {
      case VARINT -> fields.add(new Field(tag, varint(), Bytes.EMPTY));
      case BYTES -> {
        long length = varint();
        if (length < 0 || length > encoded.length() - at) {
          throw new IllegalArgumentException(
              length + " bytes at " + at + " of " + encoded.length());
        }
        int end = at + (int) length;
        fields.add(new Field(tag, 0, encoded.slice(at, end)));
        at = end;
      }
      default -> throw new IllegalArgumentException("field type " + (tag & 7));
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && at < encoded.length(); shift += 7) {
      byte next = encoded.at(at++);
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end at " + at);
  }

  static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
