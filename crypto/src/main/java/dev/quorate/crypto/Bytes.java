package dev.quorate.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string, possibly a slice of a larger buffer.
 *
 * <p>A slice shares the array it was cut from, so that a transaction is never copied on its way
 * from the socket into a block. {@link #copyOf(byte[])} copies at the door; {@link #wrap(byte[])}
 * takes the array over, and the caller must not touch it again.
 */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** A copy of the given array. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone(), 0, source.length);
  }

  /** The given array itself: the caller gives it away. */
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned, 0, owned.length);
  }

  /** A copy of what remains in the buffer, whose position does not move. */
  public static Bytes copyOf(ByteBuffer source) {
    var copy = new byte[source.remaining()];
    source.get(source.position(), copy);
    return wrap(copy);
  }

  /** The UTF-8 bytes of a text. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of a hexadecimal text of either case; refuses anything else. */
  public static Bytes fromHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at an index from 0 to {@code length() - 1}. */
  public byte at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("byte " + index + " of " + length);
    }
    return array[offset + index];
  }

  /** The bytes from {@code from} (included) to {@code to} (excluded), sharing this array. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + length);
    }
    return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
  }

  /** A fresh array with these bytes. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** A read-only view for libraries that take buffers; nothing is copied. */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /** Copies these bytes into {@code target} from {@code position} on. */
  public void copyTo(byte[] target, int position) {
    System.arraycopy(array, offset, target, position, length);
  }

  /** Puts these bytes at the buffer's position, which moves behind them. */
  public void copyTo(ByteBuffer target) {
    target.put(array, offset, length);
  }

  /** Feeds these bytes to a digest without copying them. */
  public void updateTo(MessageDigest digest) {
    digest.update(array, offset, length);
  }

  /** Appends these bytes to a stream in memory. */
  public void writeTo(ByteArrayOutputStream out) {
    out.write(array, offset, length);
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  /** Order of the unsigned bytes from the left; a prefix comes before what it begins. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length <= 32 ? hex() : slice(0, 32).hex() + "... (" + length + " bytes)";
  }
}
